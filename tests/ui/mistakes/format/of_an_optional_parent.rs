use manufactory::Factory;

#[derive(Clone, Factory)]
struct User {
    #[factory(key)]
    id: i64,
    name: String,
    #[factory(sub_factory(UserFactory, optional))]
    boss_id: Option<i64>,
    #[factory(format("{boss.name}"))]
    label: String,
}

fn main() {}
