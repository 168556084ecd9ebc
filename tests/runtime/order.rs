//! In what order things happen, and how often.

use manufactory::{Factory, Session};
use std::cell::RefCell;

thread_local! {
    static EVENTS: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

fn note<T>(event: &str, value: T) -> T {
    EVENTS.with_borrow_mut(|events| events.push(event.to_owned()));
    value
}

fn events() -> Vec<String> {
    EVENTS.take()
}

#[derive(Clone, Factory)]
struct Parent {
    #[factory(key, value(note("parent.id", 7)))]
    id: i64,
}

#[derive(Factory)]
#[factory(param(p: i32 = value(note("p", 1))))]
#[factory(after_build(|child| note("hook 1", child.a += 1)))]
#[factory(after_build(|child, p| note("hook 2", child.a += p)))]
struct Child {
    #[factory(lazy(|b| note("a", b * 10)))]
    a: i32,
    #[factory(value(note("b", 2)))]
    b: i32,
    #[factory(sub_factory(ParentFactory))]
    parent_id: i64,
    #[factory(lazy(|parent_id| note("c", *parent_id)))]
    c: i64,
}

#[test]
fn dependencies_first_then_the_order_of_declaration() {
    let child = Child::factory().build();
    assert_eq!(events(), ["p", "b", "a", "parent.id", "c", "hook 1", "hook 2"]);
    assert_eq!((child.a, child.c), (22, 7));
}

#[test]
fn what_is_overridden_is_not_evaluated() {
    events();
    Child::factory().b(1).c(3).parent_id(9).build();
    assert_eq!(events(), ["p", "a", "hook 1", "hook 2"]);
    Child::factory().parent(&Parent { id: 4 }).a(1).build();
    assert_eq!(events(), ["p", "b", "c", "hook 1", "hook 2"]);
}

#[derive(Factory)]
struct Nested {
    #[factory(lazy(|n| Inner::factory().build().number * 100 + n))]
    number: u64,
}

#[derive(Factory)]
struct Inner {
    #[factory(lazy(|n| n))]
    number: u64,
}

#[test]
fn a_declaration_may_use_other_factories_and_sessions() {
    let _session = Session::seeded(1).enter();
    assert_eq!(Nested::factory().build_batch(2).iter().map(|nested| nested.number).collect::<Vec<_>>(), [0, 101]);
}
