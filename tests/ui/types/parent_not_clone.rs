use manufactory::Factory;

#[derive(Factory)]
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
    let user = User::factory().build();
    Post::factory().author(&user).build();
}
