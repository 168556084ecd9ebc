//! Names in which case does not count: `citext`, through Diesel, looked for before they are made; as in hosting and
//! forums.

use super::databases::{diesel_pg_rows, diesel_postgres};
use diesel::prelude::*;
use manufactory::Factory;

mod schema {
    diesel::table! { users (id) { id -> Integer, name -> Citext, email -> Nullable<Citext>, } }
}

#[derive(Debug, Clone, PartialEq, Queryable, Factory)]
#[factory(table = schema::users, on(postgres), get_or_create(name))]
struct User {
    #[factory(key)]
    id: i32,
    #[factory(format("User{n}"))]
    name: String,
    #[factory(format("{name}@Example.com"))]
    email: Option<String>,
}

#[tokio::test]
async fn a_name_is_taken_in_any_case() {
    let (mut db, _database) = diesel_postgres(
        "create extension citext; create table users (id serial primary key, name citext not null unique, email citext)",
    )
    .await;
    let ada = User::factory().name("Ada").create(&mut db).await.unwrap();
    assert_eq!(User::factory().name("ADA").create(&mut db).await.unwrap(), ada);
    let users =
        User::factory().times(3).each(|i, user| user.name(["ada", "Bob", "bob"][i])).create(&mut db).await.unwrap();
    assert_eq!((&users[0], users[1].id), (&ada, users[2].id));
    let found = diesel_pg_rows(&mut db, "select name::text || ' ' || email::text from users order by id").await;
    assert_eq!(found, ["Ada Ada@Example.com", "Bob Bob@Example.com"]);
}
