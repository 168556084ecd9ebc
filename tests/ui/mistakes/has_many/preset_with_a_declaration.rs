use manufactory::Factory;

#[derive(Factory)]
#[factory(has_many(posts: PostFactory, by = author))]
#[factory(preset(popular: posts = value(10)))]
struct User {
    #[factory(key)]
    id: i64,
}

#[derive(Factory)]
struct Post {
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

fn main() {}
