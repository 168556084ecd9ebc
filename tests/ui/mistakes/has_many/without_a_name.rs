use manufactory::Factory;

#[derive(Factory)]
#[factory(has_many(PostFactory, by = author))]
#[factory(has_many(3, by = author))]
struct User {
    #[factory(key)]
    id: i64,
}

fn main() {}
