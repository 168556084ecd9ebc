use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(key sequence)]
    id: i64,
    #[factory(value("a") column = "b")]
    name: String,
}

fn main() {}
