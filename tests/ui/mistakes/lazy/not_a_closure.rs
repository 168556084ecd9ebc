use manufactory::Factory;

fn email() -> String {
    String::new()
}

#[derive(Factory)]
struct User {
    #[factory(lazy(email))]
    email: String,
    #[factory(lazy("x"))]
    name: String,
}

fn main() {}
