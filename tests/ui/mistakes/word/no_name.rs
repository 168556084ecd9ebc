use manufactory::Factory;

#[derive(Factory)]
#[factory(param(self: u8 = value(1), 3))]
#[factory(preset(super: name = value("x")), preset(big: "name"))]
#[factory(has_many(Self: UserFactory, by = boss))]
struct User {
    #[factory(value("x"))]
    name: String,
}

fn main() {}
