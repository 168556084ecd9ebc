use manufactory::Factory;

#[derive(Factory)]
#[factory(name = "Users")]
struct User {
    age: u8,
}

#[derive(Factory)]
#[factory(name = app::Posts)]
struct Post {
    age: u8,
}

fn main() {
    let _ = Users::new().age(3).build();
}
