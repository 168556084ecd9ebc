use manufactory::Factory;

#[derive(Factory)]
#[factory(has_one(profile: ProfileFactory, through = JoinFactory(user, post)))]
struct User {
    #[factory(key)]
    id: i64,
}

fn main() {}
