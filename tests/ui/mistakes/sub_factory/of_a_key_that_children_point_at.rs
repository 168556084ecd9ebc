use manufactory::Factory;

#[derive(Clone, Factory)]
#[factory(has_many(posts: PostFactory, by = author))]
struct User {
    #[factory(key)]
    id: i64,
}

#[derive(Clone, Factory)]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author: i64,
}

fn main() {
    User::factory().posts(3).build();
}
