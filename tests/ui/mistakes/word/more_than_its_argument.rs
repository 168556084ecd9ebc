use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(value(1 2))]
    a: u8,
    #[factory(lazy(|n| 1, |n| 2))]
    b: u8,
    #[factory(fake(1..3, unique, 3))]
    c: u8,
    #[factory(maybe(0.5, value(1), value(2)))]
    d: Option<u8>,
    #[factory(list(UserFactory, 1, 2))]
    e: Vec<User>,
}

fn main() {}
