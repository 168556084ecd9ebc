use manufactory::Factory;

#[derive(Factory)]
#[factory(has_many(posts: PostFactory, by = author))]
struct User {
    #[factory(key)]
    id: i64,
}

#[derive(Factory)]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

fn main() {
    User::factory().posts("three");
}
