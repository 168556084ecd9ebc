//! Fields and attributes behind `cfg`.

use manufactory::Factory;

#[cfg_attr(all(), derive(Factory))]
struct Model {
    #[cfg_attr(all(), factory(value(1)))]
    kept: u8,
    #[cfg(any())]
    gone: Missing,
}

#[test]
fn fields_that_are_not_compiled_are_not_seen() {
    assert_eq!(Model::factory().build().kept, 1);
}
