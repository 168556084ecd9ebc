use manufactory::Factory;

#[derive(Factory)]
#[factory(auto(from))]
struct User {
    id: i64,
}

fn main() {}
