use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(after_create)]
    email: String,
}

fn main() {}
