use manufactory::Factory;

#[derive(Factory)]
#[factory(many_to_many(tags: TagFactory, through = UserTagFactory(1, 2)))]
struct User {
    #[factory(key)]
    id: i64,
}

fn main() {}
