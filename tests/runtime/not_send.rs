//! What a store could never take has a factory all the same: it is only ever built.
#![deny(warnings)]
#![allow(dead_code, clippy::rc_buffer)]

use manufactory::{Factory, Memory};
use std::cell::Cell;
use std::marker::PhantomData;
use std::rc::Rc;

#[derive(Debug, Clone, Factory)]
struct Local {
    #[factory(key)]
    id: i64,
    #[factory(value(Rc::new(1)))]
    shared: Rc<u8>,
}

#[derive(Debug, Clone, Factory)]
struct Child {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(LocalFactory))]
    local_id: i64,
}

#[derive(Debug, Clone, Factory)]
struct Holder {
    #[factory(sub_factory(LocalFactory))]
    local: Local,
}

#[derive(Debug, Clone, Factory)]
struct Grandchild {
    #[factory(sub_factory(ChildFactory))]
    child_id: i64,
}

/// Factories that point at each other.
#[derive(Debug, Clone, Factory)]
struct Hen {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(EggFactory))]
    egg_id: i64,
}

#[derive(Debug, Clone, Factory)]
struct Egg {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(HenFactory, optional))]
    hen_id: Option<i64>,
}

#[derive(Debug, Clone, Factory)]
struct Category {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(CategoryFactory, optional))]
    parent_id: Option<i64>,
}

#[derive(Debug, Clone, Factory)]
struct Wrapper<T> {
    #[factory(key)]
    id: i64,
    #[factory(default)]
    it: Option<T>,
    #[factory(default)]
    list: Vec<T>,
}

#[derive(Debug, Clone, Factory)]
struct Borrowed<'a> {
    #[factory(value("x"))]
    name: &'a str,
}

#[derive(Debug, Clone, Factory)]
struct Marked {
    #[factory(default)]
    local: PhantomData<Rc<u8>>,
    #[factory(default)]
    cell: Cell<u8>,
}

#[tokio::test]
async fn they_are_built() {
    assert_eq!(*Local::factory().build().shared, 1);
    assert_eq!(*Holder::factory().build().local.shared, 1);
    Child::factory().build();
    Grandchild::factory().build();
    Marked::factory().build();
    assert_eq!(Borrowed::factory().build().name, "x");
}

#[tokio::test]
async fn circles_and_generics_are_created() {
    let mut db = Memory::new();
    let hen = Hen::factory().egg_with(|egg| egg.hen(Hen::factory())).create(&mut db).await.unwrap();
    assert_eq!((hen.id, hen.egg_id, db.count("Egg")), (2, 2, 2));
    let category = Category::factory().parent(Category::factory()).create(&mut db).await.unwrap();
    assert_eq!((category.id, category.parent_id), (2, Some(1)));
    let wrapper = Wrapper::<u8>::factory().it(7).create(&mut db).await.unwrap();
    assert_eq!((wrapper.id, wrapper.it), (1, Some(7)));
}
