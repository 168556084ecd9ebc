use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users", get_or_create("email"))]
struct User {
    email: String,
}

fn main() {}
