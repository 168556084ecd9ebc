//! `value(expression)`

use manufactory::Factory;
use std::borrow::Cow;
use std::sync::Arc;

#[derive(Factory)]
struct Texts {
    #[factory(value("a"))]
    owned: String,
    #[factory(value("b"))]
    optional: Option<String>,
    #[factory(value("c"))]
    borrowed: &'static str,
    #[factory(value("d"))]
    cow: Cow<'static, str>,
    #[factory(value("e"))]
    shared: Arc<str>,
    #[factory(value("f"))]
    own: Slug,
    #[factory(value(1 + 2))]
    number: u16,
    #[factory(value(Vec::new()))]
    fresh: Vec<u8>,
    #[factory(value(Some(4)))]
    some: Option<i32>,
}

struct Slug(String);

impl From<&str> for Slug {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

#[test]
fn a_string_literal_becomes_whatever_is_made_of_text() {
    let texts = Texts::factory().build();
    assert_eq!((&*texts.owned, texts.optional.as_deref(), texts.borrowed), ("a", Some("b"), "c"));
    assert_eq!((&*texts.cow, &*texts.shared, &*texts.own.0), ("d", "e", "f"));
    assert_eq!((texts.number, texts.fresh, texts.some), (3, Vec::new(), Some(4)));
}

#[test]
fn setters_take_what_the_slot_needs() {
    let texts = Texts::factory()
        .owned("x")
        .optional("y")
        .cow("z")
        .shared("w")
        .number(9)
        .fresh([1, 2])
        .some(None)
        .own(Slug("v".to_owned()))
        .build();
    assert_eq!((&*texts.owned, texts.optional.as_deref(), &*texts.cow, &*texts.shared), ("x", Some("y"), "z", "w"));
    assert_eq!((texts.number, texts.fresh, texts.some, &*texts.own.0), (9, vec![1, 2], None, "v"));
    assert_eq!(Texts::factory().optional(None).build().optional, None);
    assert_eq!(Texts::factory().optional(Some("s".to_owned())).build().optional.as_deref(), Some("s"));
}
