use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users", get_or_create(email = value("x")))]
struct User {
    #[factory(key)]
    id: i64,
    email: String,
}

fn main() {}
