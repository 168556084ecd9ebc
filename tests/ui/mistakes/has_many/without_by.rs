use manufactory::Factory;

#[derive(Factory)]
#[factory(has_many(posts: PostFactory))]
struct User {
    #[factory(key)]
    id: i64,
}

fn main() {}
