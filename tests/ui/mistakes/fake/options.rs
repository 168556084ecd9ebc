use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(fake("x", uniqe))]
    email: String,
    #[factory(fake("x", unique, unique))]
    name: String,
    #[factory(fake("x", 3))]
    code: String,
    #[factory(fake("x", unique = true))]
    title: String,
}

fn main() {}
