use manufactory::Factory;

#[derive(Factory)]
#[factory("users")]
struct User {
    #[factory(3)]
    age: u8,
    #[factory]
    name: String,
    #[factory = "x"]
    role: String,
}

fn main() {}
