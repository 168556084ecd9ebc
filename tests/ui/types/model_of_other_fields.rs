use manufactory::Factory;

mod app {
    pub struct User {
        pub age: u8,
        pub name: String,
        _secret: u8,
    }
}

#[derive(Factory)]
#[factory(model = app::User, table = "users", on(sqlx, sqlite))]
struct UserDefinition {
    age: u16,
    nmae: String,
}

fn main() {}
