use manufactory::Factory;

#[derive(Factory)]
struct User {
    username: String,
    #[factory(format("{usrname}@example.com"))]
    email: String,
    #[factory(format("{username} {now}"))]
    label: String,
}

fn main() {}
