//! `fake(faker)`

#![cfg(feature = "fake")]

use fake::faker::lorem::en::Sentence;
use fake::faker::name::en::Name;
use manufactory::{Factory, Session};

#[derive(Debug, PartialEq, Factory)]
struct User {
    #[factory(fake(Name()))]
    name: String,
    #[factory(fake(Name()))]
    alias: Option<String>,
    #[factory(fake(Sentence(3..6)))]
    motto: String,
    #[factory(fake(10..20))]
    age: u8,
}

#[test]
fn fakers_draw_from_the_attributes_own_stream() {
    let made = |seed| {
        let _session = Session::seeded(seed).enter();
        User::factory().build_batch(5)
    };
    assert_eq!(made(1), made(1));
    assert_ne!(made(1), made(2));
    let users = made(1);
    assert!(users.iter().all(|user| (10..20).contains(&user.age) && user.alias.is_some()));
    assert!(users.iter().any(|user| Some(&user.name) != user.alias.as_ref()), "two attributes, two streams");
}
