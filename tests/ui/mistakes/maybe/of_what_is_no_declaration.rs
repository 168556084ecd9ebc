use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(maybe(0.5, "x"))]
    a: Option<String>,
    #[factory(maybe(0.5, Some(1)))]
    b: Option<u8>,
    #[factory(maybe(0.5, key))]
    c: Option<u8>,
    #[factory(maybe(0.5, maybe(0.5, value(1))))]
    d: Option<u8>,
    #[factory(maybe(0.5, sequnce))]
    e: Option<u8>,
}

fn main() {}
