use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users", on(sqlite, postgre, oracle))]
struct User {
    name: String,
}

fn main() {}
