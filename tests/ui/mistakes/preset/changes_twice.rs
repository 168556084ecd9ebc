use manufactory::Factory;

#[derive(Factory)]
#[factory(preset(admin: role = value("admin"), role = value("root")))]
#[factory(preset(led: boss = sub_factory(UserFactory), boss_id = sub_factory(UserFactory)))]
struct User {
    #[factory(key)]
    id: i64,
    role: String,
    #[factory(sub_factory(UserFactory, optional))]
    boss_id: Option<i64>,
}

fn main() {}
