use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(has_many(posts: PostFactory, by = author))]
    posts: Vec<i64>,
}

fn main() {}
