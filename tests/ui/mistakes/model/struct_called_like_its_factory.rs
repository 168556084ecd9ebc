use manufactory::Factory;

mod app {
    pub struct User {
        pub age: u8,
    }
}

#[derive(Factory)]
#[factory(model = app::User)]
struct UserFactory {
    age: u8,
}

fn main() {}
