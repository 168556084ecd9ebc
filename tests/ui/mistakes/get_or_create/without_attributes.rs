use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users", get_or_create)]
struct User {
    #[factory(key)]
    id: i64,
}

fn main() {}
