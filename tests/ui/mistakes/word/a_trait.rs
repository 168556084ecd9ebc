use manufactory::Factory;

#[derive(Factory)]
#[factory(param(greeting: dyn Fn() = value(3)))]
struct User {
    #[factory(as(dyn Send))]
    age: u8,
}

fn main() {}
