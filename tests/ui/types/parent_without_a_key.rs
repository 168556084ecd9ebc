use manufactory::Factory;

#[derive(Clone, Factory)]
struct User {
    name: String,
}

#[derive(Factory)]
struct Post {
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

fn main() {
    Post::factory().author(User::factory()).build();
}
