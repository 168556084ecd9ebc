//! SQLite through diesel-async.

mod transactions;

use diesel::sql_types::BigInt;
use diesel::{QueryableByName, SqliteConnection};
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};
use manufactory::Handle;
use manufactory::conformance::{SQLITE, Subject, conformance};

type Connection = SyncConnectionWrapper<SqliteConnection>;

/// A connection to a database of its own.
struct OneConnection(Connection);

impl Subject for OneConnection {
    type Backend = Connection;

    fn handle(&mut self) -> impl Handle<'_, Backend = Connection> {
        &mut self.0
    }

    async fn count(&mut self, table: &'static str) -> usize {
        usize::try_from(count(&mut self.0, table).await).unwrap()
    }

    async fn begin(&mut self) {
        self.0.begin_test_transaction().await.unwrap();
    }

    async fn rollback(&mut self) {
        use diesel_async::TransactionManager;
        <Connection as AsyncConnection>::TransactionManager::rollback_transaction(&mut self.0).await.unwrap();
    }
}

async fn subject() -> OneConnection {
    OneConnection(database(SQLITE).await)
}

conformance!(
    #[tokio::test]
    subject
);

/// A database of its own, with these tables.
async fn database(schema: &str) -> Connection {
    let mut db = Connection::establish(":memory:").await.unwrap();
    db.batch_execute("pragma foreign_keys = on").await.unwrap();
    db.batch_execute(schema).await.unwrap();
    db
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

async fn count(db: &mut Connection, table: &str) -> i64 {
    diesel::sql_query(format!("select count(*) as n from {table}")).get_result::<Count>(db).await.unwrap().n
}
