use manufactory::Factory;

#[derive(Factory)]
#[factory(preset(one: one))]
#[factory(preset(a: role = value("a"), b), preset(b: c), preset(c: role = value("c"), a))]
struct User {
    role: String,
}

fn main() {
    User::factory().one().a().b().c().build();
}
