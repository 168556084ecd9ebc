//! Postgres through Diesel: its connection as a backend.

use super::diesel::{self, Binds, Query, Reaches, TypedRow, is_refused, untyped};
use super::diesel_blocking::{self as blocking, Blocking};
use super::sql::alone::Alone;
use super::sql::engine::{Done, Engine, Fault, Statement, Stored, Table};
use super::{Backend, BoxFuture, Call, Column, Create, Db, Finish, Handle, Insert, Made, Record, Rows, Want, Work};
use crate::error::{BoxError, Result};
use ::diesel::connection::SimpleConnection;
use ::diesel::pg::Pg;
use ::diesel::r2d2::{ConnectionManager, Pool, PooledConnection};
use ::diesel::{PgConnection, QueryResult};

blocking::blocking!(PgConnection, Pg, postgres, true, untyped);

impl Blocking for PgConnection {
    const BEGIN: &'static str = "BEGIN";
    const ALONE: Alone = Alone::Marked;

    fn is_open(&mut self) -> QueryResult<bool> {
        // Outside of a transaction a savepoint is refused.
        let set = self.batch_execute("savepoint manufactory_check");
        if is_refused(&set) {
            return Ok(false);
        }
        set?;
        self.batch_execute("release savepoint manufactory_check").map(|()| true)
    }
}

#[diagnostic::do_not_recommend]
impl crate::persist::Opened for PgConnection {
    type Backend = Self;
}

impl crate::persist::Opens for PgConnection {
    type Owned = Self;

    const KIND: &'static str = "postgres";
    const LIBRARY: &'static str = "diesel";

    fn open(url: &str) -> BoxFuture<'_, Result<Self, BoxError>> {
        use ::diesel::Connection as _;
        Box::pin(std::future::ready(Self::establish(url).map_err(BoxError::from)))
    }

    fn lend(owned: &mut Self) -> &mut Self {
        owned
    }
}

/// Writes `Persist`, and for a model with a table `Create`, for Postgres through Diesel.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_diesel_postgres {
    ($($factory:tt)*) => {
        $crate::__persist_database! { [__m::typed::diesel::PgConnection] $($factory)* }
    };
}
