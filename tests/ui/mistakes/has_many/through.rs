use manufactory::Factory;

#[derive(Factory)]
#[factory(has_many(posts: PostFactory, through = JoinFactory(user, post)))]
struct User {
    #[factory(key)]
    id: i64,
}

fn main() {}
