use manufactory::Factory;

#[derive(Factory)]
#[factory(active_model = ActiveModel)]
struct User {
    #[factory(key)]
    id: i64,
}

fn main() {}
