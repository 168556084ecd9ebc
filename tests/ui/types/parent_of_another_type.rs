use manufactory::Factory;

#[derive(Clone, Factory)]
struct User {
    #[factory(key)]
    id: i64,
}

#[derive(Clone, Factory)]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

fn main() {
    let post = Post::factory().build();
    Post::factory().author(&post);
    Post::factory().author(Post::factory());
    Post::factory().author(3);
    let user = User::factory().build();
    Post::factory().author(user);
    Post::factory().author_with(|author| author.nmae("x"));
    Post::factory().author_with(|author| post);
}
