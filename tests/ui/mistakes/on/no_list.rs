use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users", on = sqlite)]
struct User {
    name: String,
}

#[derive(Factory)]
#[factory(table = "users", on(sqlite), on(mysql))]
struct Group {
    name: String,
}

fn main() {}
