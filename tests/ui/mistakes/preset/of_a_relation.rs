use manufactory::Factory;

#[derive(Factory)]
#[factory(preset(a: boss = value(3)))]
#[factory(preset(b: name = sub_factory(UserFactory)))]
#[factory(preset(c: boss = sub_factory(OtherFactory)))]
#[factory(preset(d: boss = sub_factory(UserFactory, name = chief, key = name)))]
#[factory(preset(e: chief = sub_factory(UserFactory, optional)))]
#[factory(preset(f: team = list(UserFactory, 3)))]
struct User {
    #[factory(key)]
    id: i64,
    name: String,
    #[factory(sub_factory(UserFactory, optional))]
    boss_id: Option<i64>,
    #[factory(sub_factory(UserFactory))]
    chief_id: i64,
    #[factory(list(UserFactory, 0))]
    team: Vec<User>,
}

fn main() {}
