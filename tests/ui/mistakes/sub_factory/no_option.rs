use manufactory::Factory;

#[derive(Clone, Factory)]
struct User {
    #[factory(key)]
    id: i64,
}

#[derive(Factory)]
struct Post {
    #[factory(sub_factory(UserFactory, "optional"))]
    author_id: i64,
}

fn main() {}
