use manufactory::Factory;

#[derive(Clone, Factory)]
struct User {
    #[factory(key)]
    id: i64,
    name: String,
    #[factory(sub_factory(UserFactory, optional, with = |twin, level| twin.name(level.to_string())))]
    twin_id: Option<i64>,
    #[factory(lazy(|twin| twin.map_or(0, |_| 1)))]
    level: u8,
}

fn main() {}
