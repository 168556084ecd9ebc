//! `fake(faker)`

#![cfg(feature = "fake")]

use fake::faker::lorem::en::Sentence;
use fake::faker::name::en::Name;

use manufactory::{Factory, Session};
use rand::RngExt;
use std::collections::HashSet;

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

#[derive(Debug, Factory)]
struct Account {
    // Two values to choose from: without the row's number they repeat at once.
    #[factory(fake(Pick(&["ada@example.com", "ADA@example.com"]), unique))]
    email: String,
    #[factory(fake(Pick(&["x1", "x", "X_1", "x-1"]), unique))]
    handle: Option<Box<str>>,
    #[factory(maybe(0.5, fake(Pick(&["x"]), unique)))]
    nickname: Option<String>,
}

/// One of these, at random.
struct Pick(&'static [&'static str]);

impl fake::Dummy<Pick> for String {
    fn dummy_with_rng<R: rand::Rng + ?Sized>(pick: &Pick, rng: &mut R) -> String {
        pick.0[rng.random_range(0..pick.0.len())].to_owned()
    }
}

impl fake::Dummy<Pick> for Box<str> {
    fn dummy_with_rng<R: rand::Rng + ?Sized>(pick: &Pick, rng: &mut R) -> Box<str> {
        String::dummy_with_rng(pick, rng).into()
    }
}

#[test]
fn unique_fakes_never_repeat() {
    let _session = Session::seeded(1).enter();
    let accounts = Account::factory().build_batch(300);
    let folded = |text: &str| text.to_lowercase().replace('_', "-");
    let emails: HashSet<_> = accounts.iter().map(|account| folded(&account.email)).collect();
    let handles: HashSet<_> = accounts.iter().map(|account| folded(account.handle.as_deref().unwrap())).collect();
    assert_eq!((emails.len(), handles.len()), (300, 300));
    assert!(emails.contains("ada-299@example.com") && emails.iter().all(|email| email.ends_with("@example.com")));
    assert!((100..200).contains(&accounts.iter().filter(|account| account.nickname.is_some()).count()));
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
