use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users", table = "people")]
struct User {
    #[factory(key, key)]
    id: i64,
    #[factory(column = "a")]
    #[factory(column = "b")]
    name: String,
    #[factory(sub_factory(UserFactory, optional, optional))]
    boss_id: Option<i64>,
}

fn main() {}
