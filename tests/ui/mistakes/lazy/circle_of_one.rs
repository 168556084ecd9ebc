use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(lazy(|name| name.clone()))]
    name: String,
}

fn main() {}
