use manufactory::Factory;

#[derive(Factory)]
#[factory(elephant)]
struct User {
    #[factory(giraffe(3))]
    name: String,
    #[factory(sub_factory(UserFactory, optional, zebra))]
    boss: Option<Box<User>>,
}

fn main() {}
