use manufactory::Factory;

#[derive(Clone, Factory)]
struct User {
    #[factory(key)]
    id: i64,
    name: String,
}

#[derive(Factory)]
struct Post {
    #[factory(sub_factory(UserFactory))]
    author_id: String,
    #[factory(sub_factory(UserFactory, key = name))]
    editor_id: i64,
    #[factory(sub_factory(UserFactory, key = nmae))]
    reader_id: String,
}

fn main() {}
