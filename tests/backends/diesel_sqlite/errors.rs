//! What Diesel refuses, and what an error says of it.

use super::models::{Post, Role, User};
use super::{count, database, schema};
use diesel::prelude::*;
use diesel::result::{DatabaseErrorKind, Error};
use manufactory::{Factory, Stage};
use std::error::Error as _;

fn kind(error: &manufactory::Error) -> &Error {
    error.source().and_then(|source| source.downcast_ref()).expect("an error of Diesel")
}

#[test]
fn the_error_of_diesel_is_the_source() {
    let mut db = database(schema::TABLES);
    User::factory().username("taken").create(&mut db).unwrap();
    for rows in [1, 2, 40] {
        let users =
            User::factory().times(rows).each(|i, user| if i + 1 == rows { user.username("taken") } else { user });
        let error = users.create(&mut db).unwrap_err();
        assert_eq!((error.stage(), error.row()), (Stage::Insert, Some((rows - 1, rows))));
        assert!(matches!(kind(&error), Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _)), "{error:?}");
    }
    let error = Post::factory().author_id(70).create_batch(&mut db, 3).unwrap_err();
    assert!(matches!(kind(&error), Error::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _)), "{error:?}");
    assert_eq!((count(&mut db, "users"), count(&mut db, "posts")), (1, 0));
}

#[test]
fn a_column_that_cannot_be_read_is_named() {
    let mut db = database(schema::TABLES);
    diesel::sql_query("pragma ignore_check_constraints = on").execute(&mut db).unwrap();
    diesel::sql_query("create trigger odd after insert on users begin update users set role = 'odd'; end")
        .execute(&mut db)
        .unwrap();
    let error = User::factory().role(Role::Member).create(&mut db).unwrap_err();
    assert_eq!(error.stage(), Stage::Read);
    assert!(error.to_string().contains("role"), "{error}");
    assert_eq!(error.source().unwrap().to_string(), "no role: odd");
    assert_eq!(count(&mut db, "users"), 0);
}

#[test]
fn a_table_that_is_not_there_is_nobodys_fault() {
    let mut db = database("select 1");
    let error = User::factory().create_batch(&mut db, 3).unwrap_err();
    assert_eq!(error.row(), None, "{error}");
    assert!(kind(&error).to_string().contains("no such table"), "{error:?}");
}
