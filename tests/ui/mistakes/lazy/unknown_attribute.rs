use manufactory::Factory;

#[derive(Factory)]
struct User {
    username: String,
    #[factory(lazy(|usernam| format!("{usernam}@example.com")))]
    email: String,
    #[factory(lazy(|planet| planet.len()))]
    length: usize,
}

fn main() {}
