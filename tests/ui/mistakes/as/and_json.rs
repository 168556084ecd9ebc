use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "users")]
struct User {
    #[factory(as(String), json)]
    name: Vec<u8>,
    #[factory(skip, as(i64))]
    size: u64,
    #[factory(as = i64)]
    age: u64,
}

fn main() {}
