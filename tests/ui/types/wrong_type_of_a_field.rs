use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UsreFactory, optional))]
    boss_id: Option<i64>,
}

fn main() {}
