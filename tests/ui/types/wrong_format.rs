use manufactory::Factory;

#[derive(Clone)]
struct Colour(u8);

#[derive(Clone, Factory)]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(value(Colour(1)))]
    colour: Colour,
    #[factory(sub_factory(UserFactory, name = boss, key = id, with = |boss| boss))]
    boss_id: i64,
    #[factory(format("{n}"))]
    age: u8,
    #[factory(format("{colour}"))]
    label: String,
    #[factory(format("{boss.nmae}"))]
    boss_name: String,
}

fn main() {}
