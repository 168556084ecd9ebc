use manufactory::Factory;

#[derive(Factory)]
struct User {
    name: String,
    #[factory(lazy(|name| name.len()))]
    length: u8,
    #[factory(lazy(|name| name))]
    again: String,
    #[factory(lazy(|name| name.lenght()))]
    other: usize,
    #[factory(lazy(|name: &u8| *name))]
    byte: u8,
}

fn main() {}
