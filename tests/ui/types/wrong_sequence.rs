use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(sequence(|n| n + 1))]
    age: u8,
    #[factory(sequence(|n| "user"))]
    name: String,
    #[factory(sequence)]
    flag: bool,
    #[factory(sequence(|n: String| n))]
    code: String,
}

fn main() {}
