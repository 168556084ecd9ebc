use manufactory::Factory;

#[derive(Factory)]
#[factory(preset(admin: roel = value("admin"), planet = value("Mars")))]
struct User {
    role: String,
}

fn main() {
    User::factory().admin().build();
}
