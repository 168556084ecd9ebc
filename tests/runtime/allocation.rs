//! Building allocates what the values need, and nothing else.

use allocation_counter::measure;
use manufactory::{Factory, Session};

fn allocations<T>(work: impl FnOnce() -> T) -> u64 {
    let mut made = None;
    let counted = measure(|| made = Some(work()));
    drop(made);
    counted.count_total
}

#[derive(Factory)]
#[factory(param(domain: &'static str = value("example.com")))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(value("alice"))]
    name: String,
    #[factory(lazy(|name, domain| [name.as_str(), "@", domain].concat()))]
    email: String,
    #[factory(cycle([1, 2, 3]))]
    level: u8,
    #[factory(choice([1.0, 2.0]))]
    rate: f64,
    bio: Option<String>,
}

#[derive(Factory)]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(sub_factory(UserFactory))]
    editor: User,
    #[factory(lazy(|editor| editor.name.clone()))]
    signed: String,
}

#[test]
fn building_allocates_no_more_than_the_literal() {
    let _session = Session::seeded(1).enter();
    // The first row of a factory finds its place in the session's table.
    Post::factory().build();
    let user = || {
        let name = String::from("alice");
        let email = [name.as_str(), "@", "example.com"].concat();
        User { id: 1, name, email, level: 1, rate: 1.0, bio: None }
    };
    let literal = allocations(user);
    assert_eq!((literal, allocations(|| User::factory().build())), (2, 2));
    let post = || {
        let (author, editor) = (user(), user());
        let signed = editor.name.clone();
        Post { id: 1, author_id: author.id, editor, signed }
    };
    assert_eq!((allocations(post), allocations(|| Post::factory().build())), (5, 5));
    assert_eq!(allocations(|| User::factory().build_batch(100)), 201, "two texts each, and the list");
}
