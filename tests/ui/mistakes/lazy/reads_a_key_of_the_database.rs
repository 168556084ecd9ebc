use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(database)]
    created: i64,
    #[factory(lazy(|id| format!("user{id}")))]
    name: String,
    #[factory(format("{created}"))]
    age: String,
}

fn main() {}
