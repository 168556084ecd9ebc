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
    author_id: i64,
    #[factory(format("{author.name}"))]
    byline: String,
}

fn main() {
    Post::factory().author_id(7).build();
}
