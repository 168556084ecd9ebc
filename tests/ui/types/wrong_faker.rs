use fake::faker::name::en::Name;
use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(fake(Name()))]
    age: u8,
    #[factory(fake("x"))]
    code: u16,
}

fn main() {}
