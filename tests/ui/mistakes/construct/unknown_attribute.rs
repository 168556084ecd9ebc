use manufactory::Factory;

#[derive(Factory)]
#[factory(construct = |nmae, boss| User { name: nmae, boss_id: boss.id })]
struct User {
    name: String,
    #[factory(sub_factory(UserFactory, key = name))]
    boss_id: String,
}

fn main() {}
