use manufactory::Factory;

#[derive(Factory)]
#[factory(has_many(posts: PostFactory, "author"))]
struct User {
    name: String,
}

fn main() {}
