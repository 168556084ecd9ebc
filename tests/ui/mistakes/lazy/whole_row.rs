use manufactory::Factory;

#[derive(Factory)]
#[factory(preset(loud: email = lazy(|user| user.username.to_uppercase())))]
struct User {
    username: String,
    #[factory(lazy(|o| format!("{}@example.com", o.username)))]
    email: String,
    #[factory(maybe(0.5, lazy(|o| o.email.len())))]
    length: Option<usize>,
    #[factory(lazy(|o| o.len()))]
    other: usize,
}

fn main() {}
