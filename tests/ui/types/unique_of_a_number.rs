use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(fake(1..9, unique))]
    age: u8,
    #[factory(fake(1..9, unique))]
    size: Option<u8>,
}

fn main() {}
