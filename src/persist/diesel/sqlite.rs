//! SQLite through Diesel: its connection as a backend.

use super::diesel::{self, Binds, Query, Reaches, TypedRow};
use super::diesel_blocking::{self as blocking, Blocking};
use super::diesel_value::{copy, file_of};
use super::sql::alone::Alone;
use super::sql::engine::{Done, Engine, Fault, Statement, Stored, Table};
use super::{Backend, BoxFuture, Call, Column, Create, Db, Finish, Handle, Insert, Made, Record, Rows, Want, Work};
use crate::error::{BoxError, Result};
use ::diesel::SqliteConnection;
use ::diesel::r2d2::{ConnectionManager, Pool, PooledConnection};
use ::diesel::sqlite::Sqlite;

blocking::blocking!(SqliteConnection, Sqlite, sqlite, true, copy);

impl Blocking for SqliteConnection {
    const ALONE: Alone = Alone::Ordinary;
    // The keys of a batch are chosen above the largest one: nobody else may write in between.
    const BEGIN: &'static str = "BEGIN IMMEDIATE";
}

#[diagnostic::do_not_recommend]
impl crate::persist::Opened for SqliteConnection {
    type Backend = Self;
}

impl crate::persist::Opens for SqliteConnection {
    type Owned = Self;

    const KIND: &'static str = "sqlite";
    const LIBRARY: &'static str = "diesel";

    fn open(url: &str) -> BoxFuture<'_, Result<Self, BoxError>> {
        use ::diesel::Connection as _;
        Box::pin(std::future::ready(Self::establish(file_of(url)).map_err(BoxError::from)))
    }

    fn lend(owned: &mut Self) -> &mut Self {
        owned
    }
}

/// Writes `Persist`, and for a model with a table `Create`, for SQLite through Diesel.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_diesel_sqlite {
    ($($factory:tt)*) => {
        $crate::__persist_database! { [__m::typed::diesel::SqliteConnection] $($factory)* }
    };
}
