use manufactory::Factory;

#[derive(Factory)]
#[factory(table = "")]
struct User {
    name: String,
}

#[derive(Factory)]
#[factory(table = "shop.")]
struct Post {
    name: String,
}

fn main() {}
