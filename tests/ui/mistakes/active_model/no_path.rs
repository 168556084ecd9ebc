use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users", active_model)]
struct User {
    #[factory(key)]
    id: i64,
}

#[derive(Factory)]
#[factory(table = "groups", active_model = "ActiveModel")]
struct Group {
    #[factory(key)]
    id: i64,
}

fn main() {}
