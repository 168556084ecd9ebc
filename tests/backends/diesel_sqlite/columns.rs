//! What columns of a `table!` store, and what they are called.

use super::models::{Post, Role, Stars, User, UserFactory};
use super::{count, database, schema};
use diesel::deserialize::FromSqlRow;
use diesel::dsl::SqlTypeOf;
use diesel::prelude::*;
use diesel::serialize::ToSql;
use diesel::sqlite::Sqlite;
use manufactory::{Auto, Factory};

#[test]
fn a_row_comes_back_as_the_database_holds_it() {
    let mut db = database(schema::TABLES);
    let alice = User::factory().username("alice").admin().create(&mut db).unwrap();
    assert_eq!((alice.id, &*alice.email, &alice.bio, alice.role), (1, "alice@example.com", &None, Role::Admin));
    assert!(alice.created_at.starts_with("20"), "{}", alice.created_at);
    let read = schema::users::table.select(User::as_select()).first(&mut db).unwrap();
    assert_eq!(read, alice);
    let users = User::factory().bio("hi").create_batch(&mut db, 3).unwrap();
    assert!(users.iter().all(|user| user.role == Role::Member && user.bio.as_deref() == Some("hi")));
}

#[test]
fn columns_of_other_types_are_converted() {
    let mut db = database(schema::TABLES);
    let posts = Post::factory().times(2).each(|i, post| post.tags(vec![format!("t{i}")])).create(&mut db).unwrap();
    assert_eq!((posts[1].stars, &posts[1].tags[..], &*posts[1].kind), (Stars(3), &["t1".to_owned()][..], "note"));
    let (kind, stars) = schema::posts::table
        .select((schema::posts::type_, schema::posts::stars))
        .first::<(String, i64)>(&mut db)
        .unwrap();
    assert_eq!((&*kind, stars), ("note", 3));
    diesel::update(schema::posts::table).set(schema::posts::stars.eq(-1)).execute(&mut db).unwrap();
}

/// Named as Diesel's own derives are told.
#[derive(Debug, PartialEq, Queryable, Selectable, Factory)]
#[diesel(table_name = schema::posts)]
#[factory(table = schema::posts, on(sqlite), column(tags: serde_json::Value = value(serde_json::json!([]))))]
struct Labelled {
    #[factory(key)]
    id: i32,
    #[factory(sub_factory(UserFactory))]
    author_id: i32,
    title: String,
    #[diesel(column_name = type_)]
    kind: String,
    stars: i64,
}

#[test]
fn a_column_is_found_by_the_name_that_diesel_was_told() {
    let mut db = database(schema::TABLES);
    let made = Labelled::factory().kind("essay").create(&mut db).unwrap();
    let read = schema::posts::table.select(Labelled::as_select()).first(&mut db).unwrap();
    assert_eq!((read.kind.as_str(), &read), ("essay", &made));
}

/// In a table with a schema; its parent is held whole, and stored as its key.
#[derive(Debug, Factory)]
#[factory(table = schema::memos, on(sqlite))]
struct Memo {
    #[factory(key)]
    id: i32,
    #[factory(sub_factory(UserFactory, optional))]
    user: Option<User>,
    #[factory(value(b"x".to_vec()))]
    body: Vec<u8>,
    weight: Option<f64>,
}

#[test]
fn a_parent_held_whole_is_stored_as_its_key() {
    let mut db = database(schema::TABLES);
    let lone = Memo::factory().create(&mut db).unwrap();
    assert!(lone.user.is_none());
    let memos = Memo::factory().user(User::factory()).weight(0.5).create_batch(&mut db, 2).unwrap();
    let stored: Vec<(Option<i32>, Vec<u8>)> =
        schema::memos::table.select((schema::memos::user_id, schema::memos::body)).load(&mut db).unwrap();
    let keys: Vec<_> = memos.iter().map(|memo| memo.user.as_ref().map(|user| user.id)).collect();
    assert_eq!(stored.iter().map(|(user, _)| *user).collect::<Vec<_>>(), [None, keys[0], keys[1]]);
    assert_eq!((memos[1].weight, count(&mut db, "users")), (Some(0.5), 2));
}

/// With both of its columns as its key, one of them of a type that the caller decides.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = schema::pairs, on(sqlite))]
struct Pair<T> {
    #[factory(key, sequence(|n| n as i32))]
    left: i32,
    #[factory(key, sequence(|n| n as i32 * 10))]
    right: i32,
    note: T,
}

#[derive(Debug, Clone, PartialEq, Eq, diesel::expression::AsExpression, FromSqlRow, Auto)]
#[diesel(sql_type = diesel::sql_types::Text)]
struct Note(String);

impl ToSql<diesel::sql_types::Text, Sqlite> for Note {
    fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, Sqlite>) -> diesel::serialize::Result {
        <str as ToSql<SqlTypeOf<schema::pairs::note>, Sqlite>>::to_sql(&self.0, out)
    }
}

impl diesel::deserialize::FromSql<diesel::sql_types::Text, Sqlite> for Note {
    fn from_sql(value: diesel::sqlite::SqliteValue<'_, '_, '_>) -> diesel::deserialize::Result<Self> {
        <String as diesel::deserialize::FromSql<diesel::sql_types::Text, Sqlite>>::from_sql(value).map(Self)
    }
}

#[test]
fn a_generic_model_is_stored_where_its_type_fits() {
    let mut db = database(schema::TABLES);
    let text = Pair::<String>::factory().left(3).note("a").create_batch(&mut db, 2).unwrap();
    assert_eq!((text[0].left, &*text[1].note), (3, "a"));
    let note = Pair::<Note>::factory().left(4).note(Note("b".into())).create(&mut db).unwrap();
    assert_eq!((note.note, count(&mut db, "pairs")), (Note("b".into()), 3));
}

/// Inserted by reference.
#[derive(Debug, Factory)]
#[factory(table = schema::pairs, on(sqlite), returns = Paired)]
struct NewPair<'a> {
    #[factory(key)]
    left: i32,
    #[factory(key)]
    right: i32,
    #[factory(value("borrowed"))]
    note: &'a str,
}

#[derive(Debug, PartialEq, Queryable, Selectable)]
#[diesel(table_name = schema::pairs)]
struct Paired {
    left: i32,
    right: i32,
    note: String,
}

#[test]
fn what_is_inserted_may_borrow() {
    let mut db = database(schema::TABLES);
    let note = String::from("mine");
    let pairs = NewPair::factory().times(2).each(|i, pair| pair.left(7).right([5, 1][i])).create(&mut db).unwrap();
    assert_eq!((pairs[1].right, &*pairs[1].note), (1, "borrowed"));
    let pair = NewPair::factory().left(8).right(8).note(&note).create(&mut db).unwrap();
    assert_eq!(pair, Paired { left: 8, right: 8, note });
}
