use manufactory::Factory;

#[derive(Clone, Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
}

#[derive(Factory)]
#[factory(table = "posts")]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(User, with = |author| author.id(3)))]
    author: User,
    #[factory(lazy(|author| author.id))]
    same: i64,
}

fn main() {}
