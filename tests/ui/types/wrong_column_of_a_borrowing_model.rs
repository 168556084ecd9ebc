use diesel::prelude::*;
use manufactory::Factory;

diesel::table! { users (id) { id -> Integer, name -> Text, level -> Integer, score -> Integer, } }

#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
struct User {
    id: i32,
}

#[derive(Factory)]
#[factory(table = users, on(diesel, sqlite), returns = User)]
struct NewUser<'a> {
    #[factory(value("alice"))]
    name: &'a str,
    level: String,
    score: Option<String>,
}

fn main() {}
