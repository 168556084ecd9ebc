use manufactory::Factory;

#[derive(Factory)]
#[factory(secret)]
struct User {
    #[factory(secret, skip)]
    token: String,
    #[factory(secret, secret)]
    password: String,
}

fn main() {}
