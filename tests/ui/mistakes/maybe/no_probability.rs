use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(maybe(1.5, value(1)))]
    a: Option<u8>,
    #[factory(maybe(30, value(1)))]
    b: Option<u8>,
    #[factory(maybe(-0.5, value(1)))]
    c: Option<u8>,
}

fn main() {}
