use manufactory::Factory;

#[derive(Clone, Factory)]
struct User {
    name: String,
}

struct Address {
    city: String,
}

#[derive(Factory)]
struct Post {
    #[factory(sub_factory(UserFactory))]
    address: Address,
    #[factory(sub_factory(UserFactory, optional))]
    other: Option<Box<Address>>,
}

fn main() {}
