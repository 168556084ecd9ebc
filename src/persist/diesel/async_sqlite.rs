//! SQLite through diesel-async, which runs Diesel's own connection on threads that may block.

use super::diesel::{self, Binds, Query, Reaches, TypedRow};
use super::diesel_value::{copy, file_of};
use super::diesel_waiting::{self as waiting, Waiting};
use super::sql::alone::Alone;
use super::sql::engine::{Done, Engine, Fault, Statement, Stored, Table};
use super::{Backend, BoxFuture, Call, Column, Create, Db, Finish, Handle, Insert, Made, Record, Rows, Want, Work};
use crate::error::{BoxError, Result};
use ::diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use ::diesel::result::Error;
use ::diesel::sqlite::Sqlite;
use ::diesel::{QueryResult, SqliteConnection};
use ::diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use std::sync::mpsc;

waiting::waiting!(SyncConnectionWrapper<SqliteConnection>, Sqlite, sqlite, true, copy);

impl Waiting for SyncConnectionWrapper<SqliteConnection> {
    const ALONE: Alone = Alone::Ordinary;

    async fn begin(&mut self) -> QueryResult<()> {
        // The keys of a batch are chosen above the largest one: nobody else may write in between.
        let begin = |connection: &mut SqliteConnection| match AnsiTransactionManager::begin_transaction_sql(
            connection,
            "BEGIN IMMEDIATE",
        ) {
            Err(Error::AlreadyInTransaction) => AnsiTransactionManager::begin_transaction(connection),
            begun => begun,
        };
        self.spawn_blocking(begin).await
    }

    fn abandon(&mut self) {
        finish(self, AnsiTransactionManager::rollback_transaction);
    }

    fn abandon_savepoint(&mut self, end: &'static [&'static str]) {
        finish(self, |connection| connection.batch_execute(&end.join("; ")));
    }
}

/// Waits for a word to the connection without being polled. A future of diesel-async's that is dropped waits, too, and on a
/// runtime of one thread panics instead: if that has happened already, a second panic would end the process.
fn finish(
    connection: &mut SyncConnectionWrapper<SqliteConnection>,
    word: impl FnOnce(&mut SqliteConnection) -> QueryResult<()> + Send + 'static,
) {
    let (said, heard) = mpsc::channel::<()>();
    let saying = connection.spawn_blocking(move |connection| {
        let done = word(connection);
        drop(said);
        done
    });
    // Ends when the other end is dropped.
    let _ = heard.recv();
    std::mem::forget(saying);
}

#[diagnostic::do_not_recommend]
impl crate::persist::Opened for SyncConnectionWrapper<SqliteConnection> {
    type Backend = Self;
}

impl crate::persist::Opens for SyncConnectionWrapper<SqliteConnection> {
    fn abandon(owned: &mut Self) {
        finish(owned, |connection| connection.batch_execute("rollback"));
    }

    type Owned = Self;

    const KIND: &'static str = "sqlite";
    const LIBRARY: &'static str = "diesel-async";

    fn open(url: &str) -> BoxFuture<'_, Result<Self, BoxError>> {
        use ::diesel_async::AsyncConnection as _;
        Box::pin(async move { Ok(Self::establish(file_of(url)).await?) })
    }

    fn lend(owned: &mut Self) -> &mut Self {
        owned
    }
}

/// Writes `Persist`, and for a model with a table `Create`, for SQLite through diesel-async.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_diesel_async_sqlite {
    ($($factory:tt)*) => {
        $crate::__persist_database! {
            [__m::diesel_async::sync_connection_wrapper::SyncConnectionWrapper<__m::typed::diesel::SqliteConnection>]
            $($factory)*
        }
    };
}
