use manufactory::Factory;

#[derive(Clone, Factory)]
#[factory(table = "users")]
struct User {
    name: String,
}

#[derive(Factory)]
#[factory(table = "posts")]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author: User,
}

fn main() {}
