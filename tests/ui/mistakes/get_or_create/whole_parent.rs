use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users", get_or_create(email))]
struct User {
    #[factory(key)]
    id: i64,
    email: String,
    #[factory(sub_factory(UserFactory, optional))]
    boss: Option<Box<User>>,
}

fn main() {}
