use manufactory::Factory;

#[derive(Factory)]
#[factory(param(port: u16 = =>))]
struct User {
    #[factory(maybe(, value(1)))]
    age: Option<u8>,
    #[factory(fake(, unique))]
    name: String,
}

fn main() {}
