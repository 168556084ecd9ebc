//! SQLite through sqlx.

mod handles;
mod keys;
mod tables;

use manufactory::Handle;
use manufactory::conformance::{SQLITE, Subject, conformance};
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{AssertSqlSafe, Connection, Sqlite, SqliteConnection, SqlitePool};

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

conformance!(#[tokio::test] subject);

/// A pool of one connection to a database of its own, with these tables.
async fn pool(schema: &'static str) -> SqlitePool {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(schema).execute(&pool).await.unwrap();
    pool
}

async fn count(pool: &SqlitePool, table: &'static str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}"))).fetch_one(pool).await.unwrap()
}
