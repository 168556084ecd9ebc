use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(sequnece)]
    number: u32,
}

fn main() {}
