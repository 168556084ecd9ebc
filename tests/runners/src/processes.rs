//! `cargo nextest run`: each test is a process of its own. Those that run at the same time have numbers of their own, so
//! that they can share a database; each of these tests rolls back what it did, so that the next one finds it empty.
//!
//! `cargo test` runs them as well, in one process.

use crate::{TABLES, User};
use manufactory::Factory;
use sqlx::sqlite::{SqliteConnectOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, Sqlite, SqliteConnection, Transaction};
use std::path::Path;
use std::time::Duration;

/// The one database of all these tests, and of all the processes that run them.
async fn shared() -> SqliteConnection {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("shared.db");
    let options =
        SqliteConnectOptions::new().filename(file).create_if_missing(true).busy_timeout(Duration::from_mins(1));
    let mut db = options.synchronous(SqliteSynchronous::Off).connect().await.unwrap();
    let mut tx = db.begin_with("begin immediate").await.unwrap();
    let tables = TABLES.replace("create table", "create table if not exists");
    sqlx::raw_sql(sqlx::AssertSqlSafe(tables)).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    db
}

/// What a test does in the database that all share.
async fn sign_up(mut tx: Transaction<'_, Sqlite>) {
    let users = User::factory().create_batch(&mut tx, 200).await.unwrap();
    let rows: i64 = sqlx::query_scalar("select count(*) from users").fetch_one(&mut *tx).await.unwrap();
    assert_eq!((users.len(), rows), (200, 200), "nothing is left of other tests");
    tx.rollback().await.unwrap();
}

macro_rules! tests {
    ($($name:ident)*) => {$(
        #[tokio::test]
        async fn $name() {
            let mut db = shared().await;
            sign_up(db.begin_with("begin immediate").await.unwrap()).await;
        }
    )*};
}

tests! { one_test another_test a_third_one a_fourth_one }
