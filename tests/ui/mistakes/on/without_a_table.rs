use manufactory::Factory;

#[derive(Factory)]
#[factory(on(sqlite))]
struct User {
    name: String,
}

fn main() {}
