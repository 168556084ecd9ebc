use manufactory::Factory;

#[derive(Factory)]
#[factory(has_many(email: PostFactory, by = author))]
#[factory(has_many(create: PostFactory, by = author))]
#[factory(has_many(posts: PostFactory, by = author))]
#[factory(has_many(posts: PostFactory, by = reviewer))]
struct User {
    #[factory(key)]
    id: i64,
    email: String,
}

fn main() {}
