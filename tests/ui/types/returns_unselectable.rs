use manufactory::Factory;

mod schema {
    diesel::table! { users (id) { id -> Integer, username -> Text, } }
}

struct User {
    id: i32,
}

#[derive(Factory)]
#[factory(table = schema::users, on(diesel, sqlite), returns = User)]
struct NewUser {
    username: String,
}

fn make(db: &mut diesel::SqliteConnection) {
    let _ = NewUser::factory().create(db);
}

fn main() {}
