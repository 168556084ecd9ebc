use manufactory::Factory;

#[derive(Factory)]
#[factory(preset(admin), preset(root: role = "root"), preset(role: value("guest")))]
#[factory(preset("staff": role = value("x")), preset(big: role value("y")))]
struct User {
    #[factory(setter = called)]
    role: String,
}

fn main() {
    User::factory().admin().root().big().build();
}
