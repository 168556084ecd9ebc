use manufactory::Factory;

mod schema {
    diesel::table! { users (id) { id -> Integer, name -> Text, } }
}

#[derive(Factory)]
#[factory(table = "users", table = "people")]
struct User {
    name: String,
}

#[derive(Factory)]
#[factory(table = schema::users, table = schema::users)]
struct Typed {
    name: String,
}

#[derive(Factory)]
#[factory(table = "users", table = schema::users)]
struct Both {
    name: String,
}

fn main() {}
