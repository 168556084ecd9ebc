use manufactory::Factory;

#[derive(Clone, Factory)]
struct User {
    #[factory(key)]
    id: i64,
}

#[derive(Clone, Factory)]
struct Post {
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

fn wrong(user: User, posts: Vec<Post>) {
    Post::factory().author_among(&user);
    Post::factory().author_among(&posts);
}

fn main() {}
