use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users", on("sqlite"))]
struct User {
    name: String,
}

fn main() {}
