//! Postgres through diesel-async.

use super::diesel::{self, Binds, Query, Reaches, TypedRow, is_refused, untyped};
use super::diesel_waiting::{self as waiting, Waiting};
use super::sql::alone::Alone;
use super::sql::engine::{Done, Engine, Fault, Statement, Stored, Table};
use super::{
    Backend, BoxFuture, Call, Column, Create, Db, Finish, Handle, Insert, Made, Record, Rows, Want, Work, start,
};
use crate::error::{BoxError, Result};
use ::diesel::QueryResult;
use ::diesel::connection::{TransactionDepthChange, TransactionManagerStatus, ValidTransactionManagerStatus};
use ::diesel::pg::Pg;
use ::diesel::result::Error;
use ::diesel_async::{AnsiTransactionManager, AsyncPgConnection, SimpleAsyncConnection, TransactionManager};
use std::num::NonZeroU32;

waiting::waiting!(AsyncPgConnection, Pg, postgres, true, untyped);

impl Waiting for AsyncPgConnection {
    const ALONE: Alone = Alone::Marked;

    async fn is_open(&mut self) -> QueryResult<bool> {
        if status(self)?.transaction_depth().is_some() {
            return Ok(false);
        }
        // Outside of a transaction a savepoint is refused.
        let set = self.batch_execute("savepoint manufactory_check").await;
        if is_refused(&set) {
            return Ok(false);
        }
        set?;
        self.batch_execute("release savepoint manufactory_check").await.map(|()| true)
    }

    // Diesel's own transactions count a connection as broken for good where nobody waits for their end. What is said here
    // is in the connection's queue at the first poll, and whatever is said later comes behind it.
    async fn begin(&mut self) -> QueryResult<()> {
        let status = status(self)?;
        let begin = match status.transaction_depth() {
            None => "BEGIN".to_owned(),
            Some(depth) => format!("SAVEPOINT diesel_savepoint_{depth}"),
        };
        status.change_transaction_depth(TransactionDepthChange::IncreaseDepth)?;
        let begun = self.batch_execute(&begin).await;
        if begun.is_err() {
            end(self);
        }
        begun
    }

    async fn commit(&mut self) -> QueryResult<()> {
        let text = match end(self) {
            None => "COMMIT".to_owned(),
            Some(depth) => format!("RELEASE SAVEPOINT diesel_savepoint_{depth}"),
        };
        self.batch_execute(&text).await
    }

    async fn roll_back(&mut self) -> QueryResult<()> {
        let text = undo(self);
        self.batch_execute(&text).await
    }

    fn abandon(&mut self) {
        let text = undo(self);
        start(self.batch_execute(&text));
    }

    fn abandon_savepoint(&mut self, end: &'static [&'static str]) {
        start(self.batch_execute(&end.join("; ")));
    }
}

/// How deep transactions are nested, as Diesel counts it.
fn status(connection: &mut AsyncPgConnection) -> QueryResult<&mut ValidTransactionManagerStatus> {
    match AnsiTransactionManager::transaction_manager_status_mut(connection) {
        TransactionManagerStatus::Valid(status) => Ok(status),
        TransactionManagerStatus::InError => Err(Error::BrokenTransactionManager),
    }
}

/// Counts one less, and says how many are left.
fn end(connection: &mut AsyncPgConnection) -> Option<NonZeroU32> {
    let status = status(connection).ok()?;
    let _ = status.change_transaction_depth(TransactionDepthChange::DecreaseDepth);
    status.transaction_depth()
}

/// Counts one less, and says how to undo it.
fn undo(connection: &mut AsyncPgConnection) -> String {
    match end(connection) {
        None => "ROLLBACK".to_owned(),
        Some(depth) => format!("ROLLBACK TO SAVEPOINT diesel_savepoint_{depth}"),
    }
}

#[diagnostic::do_not_recommend]
impl crate::persist::Opened for AsyncPgConnection {
    type Backend = Self;
}

impl crate::persist::Opens for AsyncPgConnection {
    type Owned = Self;

    const KIND: &'static str = "postgres";
    const LIBRARY: &'static str = "diesel-async";

    fn open(url: &str) -> BoxFuture<'_, Result<Self, BoxError>> {
        use ::diesel_async::AsyncConnection as _;
        Box::pin(async move { Ok(Self::establish(url).await?) })
    }

    fn lend(owned: &mut Self) -> &mut Self {
        owned
    }
}

/// Writes `Persist`, and for a model with a table `Create`, for Postgres through diesel-async.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_diesel_async_postgres {
    ($($factory:tt)*) => {
        $crate::__persist_database! { [__m::diesel_async::AsyncPgConnection] $($factory)* }
    };
}
