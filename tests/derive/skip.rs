//! `skip`

use manufactory::Factory;

#[derive(Debug, Default, PartialEq)]
struct Cache(u8);

#[derive(Factory)]
struct Page {
    #[factory(skip)]
    cache: Cache,
    #[factory(skip, format("page {n}"))]
    label: String,
}

#[test]
fn what_is_no_column_is_its_default_or_what_is_declared() {
    assert_eq!(Page::factory().build().cache, Cache(0));
    assert_eq!(Page::factory().cache(Cache(3)).build().cache, Cache(3));
    assert!(Page::factory().build().label.starts_with("page "));
}
