use manufactory::Factory;

#[derive(Factory)]
#[factory(sequence, key)]
struct User {
    #[factory(table = "users")]
    name: String,
    #[factory(preset(admin: name = value("admin")))]
    role: String,
}

fn main() {}
