use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key, skip)]
    id: i64,
    #[factory(skip, database)]
    age: u8,
    #[factory(skip, column = "x")]
    name: String,
}

fn main() {}
