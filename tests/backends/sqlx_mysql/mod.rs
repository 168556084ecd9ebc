//! MySQL and MariaDB through sqlx, on a real server.

use crate::servers::{self, Database};
use manufactory::Handle;
use manufactory::conformance::{MYSQL, Subject, conformance};
use sqlx::{AssertSqlSafe, Connection, MySql, MySqlConnection};

/// A connection to a database of its own.
struct OneConnection {
    connection: MySqlConnection,
    _database: Database,
}

impl Subject for OneConnection {
    type Backend = MySql;

    fn handle(&mut self) -> impl Handle<'_, Backend = MySql> {
        &mut self.connection
    }

    async fn count(&mut self, table: &'static str) -> usize {
        let sql = format!("select count(*) from `{table}`");
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
    let database = servers::mysql().await;
    let mut connection = MySqlConnection::connect(database.url()).await.unwrap();
    sqlx::raw_sql(MYSQL).execute(&mut connection).await.unwrap();
    OneConnection { connection, _database: database }
}

conformance!(
    #[tokio::test]
    subject
);
