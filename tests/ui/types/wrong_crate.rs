use manufactory::Factory;

#[derive(Factory)]
#[factory(crate = fabrica)]
struct User {
    name: String,
    #[factory(sequence)]
    age: u8,
    #[factory(fake(1..3))]
    size: u8,
}

fn main() {}
