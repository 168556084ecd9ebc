//! SQLite through sqlx.

mod conflicts;
mod conversions;
mod coverage;
mod culprits;
mod foreign_keys;
mod handles;
mod keys;
mod names;
mod returns;
mod rowids;
mod shapes;
mod tables;
mod transactions;
mod triggers;
mod values;
mod views;

use manufactory::Handle;
use manufactory::conformance::{SQLITE, Subject, conformance};
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Connection, Sqlite, SqliteConnection, SqliteExecutor, SqlitePool};
use std::path::PathBuf;

/// A connection to a database of its own.
struct OneConnection(SqliteConnection);

impl Subject for OneConnection {
    type Backend = Sqlite;

    fn handle(&mut self) -> impl Handle<'_, Backend = Sqlite> {
        &mut self.0
    }

    async fn count(&mut self, table: &'static str) -> usize {
        let sql = format!("select count(*) from \"{table}\"");
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut self.0).await.unwrap();
        usize::try_from(count).unwrap()
    }

    async fn begin(&mut self) {
        sqlx::raw_sql("begin").execute(&mut self.0).await.unwrap();
    }

    async fn rollback(&mut self) {
        sqlx::raw_sql("rollback").execute(&mut self.0).await.unwrap();
    }
}

async fn subject() -> OneConnection {
    let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql("pragma foreign_keys = on").execute(&mut connection).await.unwrap();
    sqlx::raw_sql(SQLITE).execute(&mut connection).await.unwrap();
    OneConnection(connection)
}

conformance!(
    #[tokio::test]
    subject
);

/// A pool of one connection to a database of its own, with these tables.
async fn pool(schema: impl Into<String>) -> SqlitePool {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(schema.into())).execute(&pool).await.unwrap();
    pool
}

async fn count(db: impl SqliteExecutor<'_>, table: &'static str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}"))).fetch_one(db).await.unwrap()
}

/// A database in a file, which is removed at the end of the test, however it ends.
pub(super) struct File(PathBuf);

impl File {
    pub(super) fn new(name: &str) -> Self {
        let file = Self(std::env::temp_dir().join(format!("manufactory-{name}-{}.db", std::process::id())));
        file.remove();
        file
    }

    /// Creates it, and does not wait for the disk.
    pub(super) fn options(&self) -> SqliteConnectOptions {
        let options = SqliteConnectOptions::new().filename(&self.0).create_if_missing(true);
        options.synchronous(SqliteSynchronous::Off)
    }

    fn remove(&self) {
        for suffix in ["", "-wal", "-shm", "-journal"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", self.0.display()));
        }
    }
}

impl Drop for File {
    fn drop(&mut self) {
        self.remove();
    }
}
