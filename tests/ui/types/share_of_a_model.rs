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

fn main() {
    Post::factory().share::<User>().build_batch(3);
    Post::factory().recycle(User::factory().build()).build_batch(3);
}
