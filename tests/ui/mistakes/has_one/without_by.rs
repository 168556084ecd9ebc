use manufactory::Factory;

#[derive(Factory)]
#[factory(has_one(profile: ProfileFactory))]
struct User {
    #[factory(key)]
    id: i64,
}

fn main() {}
