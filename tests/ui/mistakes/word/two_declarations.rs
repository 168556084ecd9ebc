use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(sequence, value(3))]
    number: u32,
    #[factory(value("a"))]
    #[factory(value("b"))]
    name: String,
}

fn main() {}
