use manufactory::Factory;

#[derive(Factory)]
struct User {
    #[factory(default(3))]
    a: u8,
    #[factory(key = 3)]
    b: u8,
    #[factory(skip(true), value(1))]
    c: u8,
    #[factory(value = 3)]
    d: u8,
    #[factory(sub_factory(UserFactory, optional = true))]
    e_id: Option<i64>,
}

fn main() {}
