use manufactory::Factory;

#[derive(Factory)]
#[factory(many_to_many(tags: TagFactory, through = (user, tag)))]
struct User {
    name: String,
}

fn main() {}
