//! MySQL or MariaDB through Diesel: its connection as a backend.

use super::diesel::{self, Binds, Query, Reaches, TypedRow, is_refused, untyped};
use super::diesel_blocking::{self as blocking, Blocking};
use super::sql::alone::Alone;
use super::sql::engine::{Done, Engine, Fault, Statement, Stored, Table};
use super::{Backend, BoxFuture, Call, Column, Create, Db, Finish, Handle, Insert, Made, Record, Rows, Want, Work};
use crate::error::{BoxError, Result};
use ::diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use ::diesel::mysql::Mysql;
use ::diesel::r2d2::{ConnectionManager, Pool, PooledConnection};
use ::diesel::{MysqlConnection, QueryResult};

blocking::blocking!(MysqlConnection, Mysql, mysql, false, untyped);

impl Blocking for MysqlConnection {
    const BEGIN: &'static str = "BEGIN";
    const ALONE: Alone = Alone::Bare;

    fn is_open(&mut self) -> QueryResult<bool> {
        // Outside of a transaction a savepoint is gone as soon as it is set.
        self.batch_execute("savepoint manufactory_check")?;
        let released = self.batch_execute("release savepoint manufactory_check");
        if is_refused(&released) { Ok(false) } else { released.map(|()| true) }
    }

    /// A deadlock does: what comes after it must not be taken for a part of the transaction.
    fn mend(&mut self) {
        let depth = AnsiTransactionManager::transaction_manager_status_mut(self).transaction_depth();
        if matches!(depth, Ok(Some(_))) && matches!(self.is_open(), Ok(false)) {
            AnsiTransactionManager::transaction_manager_status_mut(self).set_in_error();
        }
    }
}

#[diagnostic::do_not_recommend]
impl crate::persist::Opened for MysqlConnection {
    type Backend = Self;
}

impl crate::persist::Opens for MysqlConnection {
    type Owned = Self;

    const KIND: &'static str = "mysql";
    const LIBRARY: &'static str = "diesel";

    fn open(url: &str) -> BoxFuture<'_, Result<Self, BoxError>> {
        use ::diesel::Connection as _;
        Box::pin(std::future::ready(Self::establish(url).map_err(BoxError::from)))
    }

    fn lend(owned: &mut Self) -> &mut Self {
        owned
    }
}

/// Writes `Persist`, and for a model with a table `Create`, for MySQL or MariaDB through Diesel.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_diesel_mysql {
    ($($factory:tt)*) => {
        $crate::__persist_database! { [__m::typed::diesel::MysqlConnection] $($factory)* }
    };
}
