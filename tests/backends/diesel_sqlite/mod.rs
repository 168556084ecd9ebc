//! SQLite through Diesel.

mod columns;
mod errors;
mod handles;
mod models;
mod returns;
mod schema;
mod transactions;

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::sql_types::BigInt;
use manufactory::Handle;
use manufactory::conformance::{SQLITE, Subject, conformance};

/// A connection to a database of its own.
struct OneConnection(SqliteConnection);

impl Subject for OneConnection {
    type Backend = SqliteConnection;

    fn handle(&mut self) -> impl Handle<'_, Backend = SqliteConnection> {
        &mut self.0
    }

    async fn count(&mut self, table: &'static str) -> usize {
        usize::try_from(count(&mut self.0, table)).unwrap()
    }

    async fn begin(&mut self) {
        AnsiTransactionManager::begin_transaction(&mut self.0).unwrap();
    }

    async fn rollback(&mut self) {
        AnsiTransactionManager::rollback_transaction(&mut self.0).unwrap();
    }
}

async fn subject() -> OneConnection {
    OneConnection(database(SQLITE))
}

conformance!(
    #[tokio::test]
    subject
);

/// A database of its own, with these tables.
fn database(schema: &str) -> SqliteConnection {
    let mut db = SqliteConnection::establish(":memory:").unwrap();
    db.batch_execute("pragma foreign_keys = on").unwrap();
    db.batch_execute(schema).unwrap();
    db
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    n: i64,
}

fn count(db: &mut SqliteConnection, table: &str) -> i64 {
    diesel::sql_query(format!("select count(*) as n from {table}")).get_result::<Count>(db).unwrap().n
}
