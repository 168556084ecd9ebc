use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(value(3))]
    name: String,
    #[factory(value("x"))]
    age: u8,
    #[factory(value(2 + 3))]
    size: Option<u8>,
    #[factory(value(String::from("x")))]
    nickname: Option<String>,
}

fn main() {}
