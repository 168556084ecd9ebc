use manufactory::Factory;

struct Day(u32);

#[derive(Factory)]
struct Post {
    #[factory(lazy(|now| now.into()))]
    created_at: Day,
}

fn main() {}
