use manufactory::Factory;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
struct UserId(i64);

#[derive(Clone, Factory)]
#[factory(has_many(posts: PostFactory, by = author))]
struct User {
    #[factory(key, default)]
    id: UserId,
}

#[derive(Clone, Factory)]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author: UserId,
}

fn main() {}
