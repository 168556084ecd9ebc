use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users", active_model = ActiveModel)]
struct User {
    #[factory(key, sequence)]
    id: i64,
}

fn main() {}
