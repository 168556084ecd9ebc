use manufactory::Factory;

mod app {
    pub struct User {
        pub age: u8,
    }
}

#[derive(Factory)]
#[factory(model = "app::User")]
struct UserDefinition {
    age: u8,
}

#[derive(Factory)]
#[factory(model = &app::User)]
struct Other {
    age: u8,
}

fn main() {
    let _ = UserFactory::new().age(3).build();
}
