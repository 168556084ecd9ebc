use manufactory::Factory;

#[derive(Factory)]
struct User {
    name: String,
}

fn main() {
    User::factory().times(2).each(|user| user.name("x"));
    User::factory().times(2).each(|i, user| println!("{i}"));
}
