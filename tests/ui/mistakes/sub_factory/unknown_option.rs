use manufactory::Factory;

#[derive(Clone, Factory)]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory, optinal, nmae = chief))]
    boss_id: Option<i64>,
}

fn main() {
    let boss = User::factory().build();
    User::factory().chief(&boss).chief_with(|chief| chief.id(3)).without_chief().build();
}
