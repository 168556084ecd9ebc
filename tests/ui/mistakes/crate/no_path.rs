use manufactory::Factory;

#[derive(Factory)]
#[factory(crate = "manufactory")]
struct User {
    name: String,
}

#[derive(Factory)]
#[factory(crate)]
struct Post {
    name: String,
}

fn main() {}
