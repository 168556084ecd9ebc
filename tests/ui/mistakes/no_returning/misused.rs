use manufactory::Factory;

#[derive(Factory)]
#[factory(no_returning)]
struct User {
    name: String,
}

#[derive(Factory)]
#[factory(table = "users", no_returning = true)]
struct Assigned {
    name: String,
}

#[derive(Factory)]
#[factory(table = "users", no_returning, no_returning)]
struct Twice {
    name: String,
}

fn main() {}
