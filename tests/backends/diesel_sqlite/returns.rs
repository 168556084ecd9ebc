//! `returns`: a struct to insert, and another one that comes back, as most of Diesel's users have it.

use super::models::{Role, User};
use super::{database, schema};
use diesel::prelude::*;
use diesel::sqlite::Sqlite;
use manufactory::{AfterCreate, BoxError, Factory};

#[derive(Debug, Insertable, Factory)]
#[diesel(table_name = schema::users)]
#[factory(table = schema::users, on(sqlite), returns = User, after_create)]
struct NewUser<'a> {
    #[factory(cycle(["bob", "carol", "dora"]))]
    username: &'a str,
    #[factory(value("x@example.com"))]
    email: &'a str,
}

impl AfterCreate<SqliteConnection> for NewUserFactory<'_> {
    async fn after_create(self, user: &mut User, db: &mut SqliteConnection) -> Result<(), BoxError> {
        let row = schema::users::table.find(user.id);
        diesel::update(row).set(schema::users::bio.eq("hooked")).execute(db)?;
        user.bio = Some("hooked".into());
        Ok(())
    }
}

/// Some of the columns, in another order.
#[derive(Debug, PartialEq, Queryable, Selectable)]
#[diesel(table_name = schema::users, check_for_backend(Sqlite))]
struct Brief {
    role: Role,
    #[diesel(column_name = username)]
    name: String,
    id: i32,
}

#[derive(Factory)]
#[factory(table = schema::users, on(sqlite), returns = Brief)]
struct NewBrief {
    username: String,
    #[factory(format("{username}@example.com"))]
    email: String,
}

#[derive(Debug, Factory)]
#[factory(table = schema::posts, on(sqlite))]
struct Post {
    #[factory(key)]
    id: i32,
    #[factory(sub_factory(NewBriefFactory, key = id))]
    author_id: i32,
    title: String,
    type_: String,
    stars: i64,
    #[factory(value(serde_json::Value::Null))]
    tags: serde_json::Value,
}

#[test]
fn one_row_and_a_batch_come_back_whole() {
    let mut db = database(schema::TABLES);
    let name = String::from("eve");
    let one = NewUser::factory().username(&name).create(&mut db).unwrap();
    assert_eq!((one.id, &*one.username, one.role, one.bio.as_deref()), (1, "eve", Role::Member, Some("hooked")));
    let many = NewUser::factory().create_batch(&mut db, 3).unwrap();
    let shown: Vec<_> = many.iter().map(|user| (user.id, &*user.username)).collect();
    assert_eq!(shown, [(2, "carol"), (3, "dora"), (4, "bob")]);
    let hooked = schema::users::table.filter(schema::users::bio.eq("hooked")).count().get_result::<i64>(&mut db);
    assert_eq!(hooked, Ok(4));
}

#[test]
fn what_comes_back_may_be_a_part() {
    let mut db = database(schema::TABLES);
    let briefs = NewBrief::factory().times(2).each(|i, brief| brief.username(["b", "a"][i])).create(&mut db).unwrap();
    assert_eq!(briefs[1], Brief { role: Role::Member, name: "a".into(), id: 2 });
    let posts = Post::factory().create_batch(&mut db, 2).unwrap();
    assert_eq!((posts[0].author_id, posts[1].author_id), (3, 4));
}

/// As with `Insertable`, an `Option` that is `None` leaves a column to the database that cannot be NULL.
#[derive(Debug, Insertable, Factory)]
#[diesel(table_name = schema::users)]
#[factory(table = schema::users, on(sqlite), returns = User, preset(admin: role = value(Some(Role::Admin))))]
struct UserForm {
    #[factory(format("form{n}"))]
    username: String,
    #[factory(value(Some("x@example.com".to_owned())))]
    email: Option<String>,
    bio: Option<String>,
    #[factory(database)]
    role: Option<Role>,
}

#[test]
fn an_option_leaves_a_column_that_cannot_be_null_to_the_database() {
    let mut db = database(schema::TABLES);
    let form = UserForm { username: "own".into(), email: Some(String::new()), bio: None, role: None };
    diesel::insert_into(schema::users::table).values(form).execute(&mut db).unwrap();
    let users = UserForm::factory().times(3).each(|i, user| match i {
        0 => user,
        1 => user.role(Role::Member).bio("text"),
        _ => user.admin(),
    });
    let users = users.create(&mut db).unwrap();
    let shown: Vec<_> = users.iter().map(|user| (user.id, user.role, user.bio.as_deref())).collect();
    assert_eq!(shown, [(2, Role::Member, None), (3, Role::Member, Some("text")), (4, Role::Admin, None)]);
    assert_eq!(UserForm::factory().admin().create(&mut db).unwrap().role, Role::Admin);
    let error = UserForm::factory().email(None).create(&mut db).unwrap_err();
    assert!(format!("{error:?}").contains("NOT NULL constraint failed: users.email"), "{error:?}");
}
