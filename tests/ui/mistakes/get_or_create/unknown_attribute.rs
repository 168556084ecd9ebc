use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users", get_or_create(emial))]
struct User {
    #[factory(key)]
    id: i64,
    email: String,
}

fn main() {}
