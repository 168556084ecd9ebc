use manufactory::Factory;

#[derive(Factory)]
struct User {
    name: String,
    age: u8,
    nickname: Option<String>,
    tags: Vec<String>,
}

fn main() {
    User::factory().name(3);
    User::factory().age("x");
    User::factory().age(300);
    User::factory().nickname(Some("x"));
    User::factory().tags("x");
    User::factory().nmae("x");
    User::factory().times(2).name("x");
}
