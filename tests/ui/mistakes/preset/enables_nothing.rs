use manufactory::Factory;

#[derive(Factory)]
#[factory(preset(staff: admin))]
struct User {
    #[factory(value("member"))]
    role: String,
}

fn main() {}
