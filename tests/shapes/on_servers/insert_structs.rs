//! Structs to read and structs to insert, which borrow and are shorter, through diesel-async; as in cargo's registry and Lemmy.
//! Factories stand on those to insert, and give back those to read.

use super::databases::{diesel_pg_rows, diesel_postgres};
use diesel::prelude::*;
use manufactory::Factory;
use std::time::SystemTime;

mod schema {
    diesel::table! { users (id) { id -> Integer, login -> Text, avatar -> Nullable<Text>, is_admin -> Bool, created_at -> Timestamp, } }
    diesel::table! { packages (id) { id -> Integer, name -> Text, owner_id -> Integer, keywords -> Array<Nullable<Text>>, downloads -> BigInt, } }
    diesel::joinable!(packages -> users (owner_id));
    diesel::allow_tables_to_appear_in_same_query!(packages, users);
}

#[derive(Debug, Clone, PartialEq, Identifiable, Queryable, Selectable)]
#[diesel(table_name = schema::users, check_for_backend(diesel::pg::Pg))]
struct User {
    id: i32,
    login: String,
    is_admin: bool,
    created_at: SystemTime,
}

#[derive(Debug, Insertable, Factory)]
#[diesel(table_name = schema::users, check_for_backend(diesel::pg::Pg))]
#[factory(table = schema::users, on(postgres), returns = User, preset(admin: is_admin = value(Some(true))))]
struct NewUser<'a> {
    #[factory(cycle(["ada", "bob", "cleo"]))]
    login: &'a str,
    avatar: Option<&'a str>,
    /// Left to the database, if it is `None`.
    #[factory(database)]
    is_admin: Option<bool>,
}

#[derive(Debug, PartialEq, Identifiable, Queryable, Selectable, Associations)]
#[diesel(table_name = schema::packages, belongs_to(User, foreign_key = owner_id), check_for_backend(diesel::pg::Pg))]
struct Package {
    id: i32,
    name: String,
    owner_id: i32,
    keywords: Vec<Option<String>>,
    downloads: i64,
}

#[derive(Debug, Insertable, Factory)]
#[diesel(table_name = schema::packages, check_for_backend(diesel::pg::Pg))]
#[factory(table = schema::packages, on(postgres), returns = Package)]
struct NewPackage<'a> {
    #[factory(value("serde"))]
    name: &'a str,
    #[factory(sub_factory(NewUserFactory<'static>, key = id))]
    owner_id: i32,
    #[factory(value(vec![Some("json".to_owned()), None]))]
    keywords: Vec<Option<String>>,
}

#[tokio::test]
async fn what_is_inserted_is_less_than_what_is_read() {
    let (mut db, _database) = diesel_postgres(
        "create table users (id serial primary key, login text not null unique, avatar text, is_admin bool not null default false,
                             created_at timestamp not null default now());
         create table packages (id serial primary key, name text not null, owner_id int not null references users,
                                keywords text[] not null, downloads bigint not null default 7)",
    )
    .await;
    let _session = manufactory::Session::seeded(1).enter();
    let login = String::from("zoe");
    let user = NewUser::factory().login(&login).admin().create(&mut db).await.unwrap();
    assert!(user.is_admin && user.created_at <= SystemTime::now());
    let package = NewPackage::factory().owner(&user).create(&mut db).await.unwrap();
    assert_eq!((package.owner_id, package.downloads, package.keywords.len()), (user.id, 7, 2));
    let packages = NewPackage::factory().name("rand").create_batch(&mut db, 2).await.unwrap();
    let query = Package::belonging_to(&user).select(Package::as_select());
    assert_eq!(diesel_async::RunQueryDsl::load(query, &mut db).await.unwrap(), [package]);
    let found = "select p.name || ' ' || login || ' ' || is_admin from packages p join users u on u.id = owner_id order by p.id";
    assert_eq!(diesel_pg_rows(&mut db, found).await, ["serde zoe true", "rand bob false", "rand cleo false"]);
    assert_eq!(packages[1].name, "rand");
}
