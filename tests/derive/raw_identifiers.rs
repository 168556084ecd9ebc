//! Fields named like keywords.

use manufactory::Factory;

#[derive(Clone, Factory)]
struct Thing {
    #[factory(key)]
    r#loop: i64,
    #[factory(value("book"))]
    r#type: String,
    #[factory(lazy(|r#type| r#type.len()))]
    r#match: usize,
    #[factory(sub_factory(ThingFactory, optional))]
    use_id: Option<i64>,
}

#[test]
fn raw_identifiers_are_names_like_others() {
    let thing = Thing::factory().r#type("map").build();
    assert_eq!(Thing::factory().r#use(&thing).build().use_id, Some(thing.r#loop));
    assert_eq!((thing.r#type.as_str(), thing.r#match), ("map", 3));
}
