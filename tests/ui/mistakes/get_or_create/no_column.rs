use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users", get_or_create(score))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(skip)]
    score: u8,
}

fn main() {}
