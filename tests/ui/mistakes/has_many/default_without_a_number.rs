use manufactory::Factory;

#[derive(Factory)]
#[factory(has_many(posts: PostFactory = , by = author))]
struct User {
    #[factory(key)]
    id: i64,
}

fn main() {}
