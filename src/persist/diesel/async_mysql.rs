//! MySQL or MariaDB through diesel-async.

use super::diesel::{self, Binds, Query, Reaches, TypedRow, is_refused, untyped};
use super::diesel_waiting::{self as waiting, Waiting};
use super::sql::alone::Alone;
use super::sql::engine::{Done, Engine, Fault, Statement, Stored, Table};
use super::{Backend, BoxFuture, Call, Column, Create, Db, Finish, Handle, Insert, Made, Record, Rows, Want, Work};
use crate::error::{BoxError, Result};
use ::diesel::QueryResult;
use ::diesel::mysql::Mysql;
use ::diesel_async::{AnsiTransactionManager, AsyncMysqlConnection, SimpleAsyncConnection, TransactionManager};

waiting::waiting!(AsyncMysqlConnection, Mysql, mysql, false, untyped);

impl Waiting for AsyncMysqlConnection {
    const ALONE: Alone = Alone::Bare;

    async fn is_open(&mut self) -> QueryResult<bool> {
        if AnsiTransactionManager::transaction_manager_status_mut(self).transaction_depth()?.is_some() {
            return Ok(false);
        }
        keeps_savepoints(self).await
    }

    /// A deadlock does: what comes after it must not be taken for a part of the transaction.
    async fn mend(&mut self) {
        let depth = AnsiTransactionManager::transaction_manager_status_mut(self).transaction_depth();
        if matches!(depth, Ok(Some(_))) && matches!(keeps_savepoints(self).await, Ok(false)) {
            self.abandon();
        }
    }

    fn abandon_statement(&mut self) {
        self.abandon();
    }

    fn abandon(&mut self) {
        // Nothing can be said to the server without waiting. So the connection says that it is broken, rather than go on
        // within a transaction that nobody ever commits.
        AnsiTransactionManager::transaction_manager_status_mut(self).set_in_error();
    }

    fn abandon_savepoint(&mut self, _: &'static [&'static str]) {
        self.abandon();
    }
}

#[diagnostic::do_not_recommend]
impl crate::persist::Opened for AsyncMysqlConnection {
    type Backend = Self;
}

impl crate::persist::Opens for AsyncMysqlConnection {
    type Owned = Self;

    const KIND: &'static str = "mysql";
    const LIBRARY: &'static str = "diesel-async";

    fn open(url: &str) -> BoxFuture<'_, Result<Self, BoxError>> {
        use ::diesel_async::AsyncConnection as _;
        Box::pin(async move { Ok(Self::establish(url).await?) })
    }

    fn lend(owned: &mut Self) -> &mut Self {
        owned
    }

    fn abandon(owned: &mut Self) {
        Waiting::abandon(owned);
    }
}

/// Whether there is a transaction: outside of one a savepoint is gone as soon as it is set.
async fn keeps_savepoints(connection: &mut AsyncMysqlConnection) -> QueryResult<bool> {
    connection.batch_execute("savepoint manufactory_check").await?;
    let released = connection.batch_execute("release savepoint manufactory_check").await;
    if is_refused(&released) { Ok(false) } else { released.map(|()| true) }
}

/// Writes `Persist`, and for a model with a table `Create`, for MySQL or MariaDB through diesel-async.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_diesel_async_mysql {
    ($($factory:tt)*) => {
        $crate::__persist_database! { [__m::diesel_async::AsyncMysqlConnection] $($factory)* }
    };
}
