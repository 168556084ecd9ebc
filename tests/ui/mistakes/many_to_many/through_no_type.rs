use manufactory::Factory;

#[derive(Factory)]
#[factory(many_to_many(tags: TagFactory, through = 3(user, tag)))]
struct User {
    #[factory(key)]
    id: i64,
}

fn main() {}
