use manufactory::Factory;

#[derive(Factory)]
#[factory(after_build(|user| user.nmae.clear()))]
#[factory(after_build(|user, age| user.age = age))]
struct User {
    name: String,
    age: u8,
}

#[derive(Factory)]
#[factory(construct = |name, age| Other::new(name, age))]
struct Other {
    name: String,
    age: u8,
}

impl Other {
    fn new(name: String) -> Self {
        Self { name, age: 3 }
    }
}

fn main() {}
