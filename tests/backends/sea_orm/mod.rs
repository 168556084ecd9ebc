//! SeaORM.

mod active_models;
mod entities;
#[cfg(feature = "_servers")]
mod servers;
mod transactions;
mod values;

use manufactory::conformance::{SQLITE, Subject, conformance};
use manufactory::persist::{Call, Create, Finish, Work};
use manufactory::{Handle, Result};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, Statement, TransactionTrait,
};
use std::any::Any;
use std::pin::Pin;

/// A database of its own, and the transaction that the caller may have opened.
struct Connected {
    db: DatabaseConnection,
    transaction: Option<DatabaseTransaction>,
    /// Where it is on a server: removed at the end.
    _database: Option<Box<dyn Any>>,
}

/// Where the caller is.
enum Place<'h> {
    Outside(&'h DatabaseConnection),
    Inside(&'h DatabaseTransaction),
}

impl<'h> Handle<'h> for Place<'h> {
    type Backend = DatabaseTransaction;
    type Output<T: Send + 'h> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'h>>;

    fn run<F, T>(self, call: Call<F>, finish: Finish<F, T>) -> Self::Output<T>
    where
        F: Create<DatabaseTransaction> + 'h,
        T: Send + 'h,
    {
        match self {
            Self::Outside(db) => db.run(call, finish),
            Self::Inside(db) => db.run(call, finish),
        }
    }

    fn rehearse<W>(self, work: W) -> Self::Output<W::Output>
    where
        W: Work<DatabaseTransaction, Output: 'h> + 'h,
    {
        match self {
            Self::Outside(db) => db.rehearse(work),
            Self::Inside(db) => db.rehearse(work),
        }
    }
}

impl Subject for Connected {
    type Backend = DatabaseTransaction;

    fn handle(&mut self) -> impl Handle<'_, Backend = DatabaseTransaction> {
        match &self.transaction {
            Some(transaction) => Place::Inside(transaction),
            None => Place::Outside(&self.db),
        }
    }

    async fn count(&mut self, table: &'static str) -> usize {
        let count = match &self.transaction {
            Some(transaction) => count(transaction, table).await,
            None => count(&self.db, table).await,
        };
        usize::try_from(count).unwrap()
    }

    async fn begin(&mut self) {
        self.transaction = Some(self.db.begin().await.unwrap());
    }

    async fn rollback(&mut self) {
        self.transaction.take().unwrap().rollback().await.unwrap();
    }
}

async fn subject() -> Connected {
    Connected { db: sqlite(SQLITE).await, transaction: None, _database: None }
}

mod sqlite {
    super::conformance!(
        #[tokio::test]
        super::subject
    );
}

/// A database in memory, with these tables.
async fn sqlite(schema: &str) -> DatabaseConnection {
    let db = connect("sqlite::memory:").await;
    db.execute_unprepared(schema).await.unwrap();
    db
}

/// One connection.
async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

async fn count(db: &impl ConnectionTrait, table: &str) -> i64 {
    let backend = db.get_database_backend();
    let sql = format!("select count(*) from {table}");
    let row = db.query_one_raw(Statement::from_string(backend, sql)).await.unwrap();
    row.unwrap().try_get_by_index(0).unwrap()
}
