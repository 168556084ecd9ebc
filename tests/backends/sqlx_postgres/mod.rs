//! Postgres through sqlx, on a real server.

mod copy;
mod faults;
mod keys;
mod rules;
mod tables;
mod transactions;
mod types;

use crate::servers::{self, Database};
use manufactory::Handle;
use manufactory::conformance::{POSTGRES, Subject, conformance};
use sqlx::{AssertSqlSafe, Connection, PgConnection, PgExecutor, PgPool, Postgres};

/// A connection to a database of its own.
struct OneConnection {
    connection: PgConnection,
    _database: Database,
}

impl Subject for OneConnection {
    type Backend = Postgres;

    fn handle(&mut self) -> impl Handle<'_, Backend = Postgres> {
        &mut self.connection
    }

    async fn count(&mut self, table: &'static str) -> usize {
        let sql = format!("select count(*) from \"{table}\"");
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut self.connection).await.unwrap();
        usize::try_from(count).unwrap()
    }

    async fn begin(&mut self) {
        sqlx::raw_sql("begin").execute(&mut self.connection).await.unwrap();
    }

    async fn rollback(&mut self) {
        sqlx::raw_sql("rollback").execute(&mut self.connection).await.unwrap();
    }
}

async fn subject() -> OneConnection {
    let database = servers::postgres().await;
    let mut connection = PgConnection::connect(database.url()).await.unwrap();
    sqlx::raw_sql(POSTGRES).execute(&mut connection).await.unwrap();
    OneConnection { connection, _database: database }
}

conformance!(
    #[tokio::test]
    subject
);

/// A pool on a database of its own, with these tables.
async fn pool(schema: &str) -> (PgPool, Database) {
    let database = servers::postgres().await;
    let pool = PgPool::connect(database.url()).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(schema.to_owned())).execute(&pool).await.unwrap();
    (pool, database)
}

async fn count(db: impl PgExecutor<'_>, table: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}"))).fetch_one(db).await.unwrap()
}
