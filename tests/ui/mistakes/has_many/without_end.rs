use manufactory::Factory;

#[derive(Factory)]
#[factory(has_many(reports: UserFactory = 2, by = boss))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory, optional))]
    boss_id: Option<i64>,
}

fn main() {}
