use manufactory::Factory;

#[derive(Factory)]
struct Post {
    #[factory(sub_factory(UserFactory), name = writer)]
    author_id: i64,
    #[factory(name = heading)]
    title: String,
}

#[derive(Factory)]
struct User {
    #[factory(key)]
    id: i64,
}

fn main() {}
