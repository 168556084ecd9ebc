use manufactory::Factory;

#[derive(Factory)]
#[factory(preset(reset: code = auto))]
struct User {
    #[factory(auto)]
    id: i64,
    code: String,
}

fn main() {
    User::factory().id(1).reset().build();
}
