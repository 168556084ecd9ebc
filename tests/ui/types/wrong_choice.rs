use manufactory::Factory;

const NAMES: &[&str] = &["a", "b"];

#[derive(Factory)]
struct User {
    #[factory(cycle(["a", 3]))]
    name: String,
    #[factory(choice([1, "x"]))]
    age: u8,
    #[factory(weighted([(1, 'a'), (2, "b")]))]
    code: String,
    #[factory(weighted([("1", 1), (2, 2)]))]
    size: u8,
    #[factory(cycle(NAMES))]
    years: u8,
    #[factory(cycle(MISSING))]
    other: u8,
    #[factory(cycle(LONE))]
    lone: u8,
    #[factory(maybe("x", value(1)))]
    some: Option<u8>,
    #[factory(maybe(0.5, value("x")))]
    none: Option<u8>,
}

const LONE: u8 = 3;

fn main() {}
