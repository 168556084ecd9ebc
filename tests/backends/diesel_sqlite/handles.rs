//! What can be passed as `db`.

use super::models::{Post, User};
use super::{count, database, schema};
use diesel::SqliteConnection;
use diesel::connection::SimpleConnection;
use diesel::r2d2::{ConnectionManager, Pool};
use manufactory::{Factory, Stage};
use std::time::Duration;

#[test]
fn a_connection_again_and_again() {
    fn make(db: &mut SqliteConnection) -> User {
        User::factory().create(&mut *db).unwrap();
        User::factory().create(db).unwrap()
    }
    let mut db = database(schema::TABLES);
    make(&mut db);
    assert_eq!((make(&mut db).id, count(&mut db, "users")), (4, 4));
}

#[test]
fn a_pool_and_what_is_taken_out_of_it() {
    let manager = ConnectionManager::<SqliteConnection>::new(":memory:");
    let pool = Pool::builder().max_size(1).connection_timeout(Duration::from_millis(50)).build(manager).unwrap();
    pool.get().unwrap().batch_execute(schema::TABLES).unwrap();
    let user = User::factory().create(&pool).unwrap();
    let mut connection = pool.get().unwrap();
    Post::factory().author(&user).create_batch(&mut connection, 3).unwrap();
    let error = User::factory().create(&pool).unwrap_err();
    assert_eq!((error.stage(), error.factory()), (Stage::Acquire, "User"));
    assert_eq!((count(&mut connection, "users"), count(&mut connection, "posts")), (1, 3));
    drop(connection);
    let taken = User::factory().username(&*user.username).create_batch(&pool, 2).unwrap_err();
    assert_eq!(taken.stage(), Stage::Insert);
    assert_eq!(count(&mut pool.get().unwrap(), "users"), 1);
}

#[test]
fn nothing_is_made_of_nothing() {
    let mut db = database("select 1");
    assert!(Post::factory().create_batch(&mut db, 0).unwrap().is_empty());
}
