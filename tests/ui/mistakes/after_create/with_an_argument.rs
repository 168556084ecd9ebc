use manufactory::Factory;

#[derive(Factory)]
#[factory(after_create(|user| user.greet()))]
struct User {
    #[factory(key)]
    id: i64,
}

fn main() {}
