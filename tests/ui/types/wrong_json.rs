use manufactory::Factory;

struct Settings;

#[derive(Factory)]
#[factory(table = "users")]
struct User {
    #[factory(json, value(Settings))]
    settings: Settings,
}

fn main() {}
