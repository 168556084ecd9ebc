//! The `sqlite` of sqlx: what is special about it, and what the derive has written for it.

use super::sqlx::engine::engine;
use super::sqlx::{Binds, Fetched, Transacted, handles};
use crate::error::{BoxError, Result};
use crate::persist::sql::alone::Alone;
use crate::persist::sql::engine::{Done, Fault, Statement, Stored};
use crate::persist::{BoxFuture, Insert, Made, Read, Record, Row, Rows, Sink, Source, StoredIn, Want};
use ::sqlx::pool::PoolConnection;
use ::sqlx::sqlite::{SqliteQueryResult, SqliteRow};
use ::sqlx::{Connection, Error, Sqlite, SqliteConnection, Transaction, TypeInfo, ValueRef};

engine!(Sqlite, sqlite, marked, |statement: Statement<'_>| statement.lasting, count, copy, fault);
handles!(Sqlite: SqliteConnection, PoolConnection<Sqlite>, Transaction<'_, Sqlite>);

fn count(done: &SqliteQueryResult) -> Done {
    Done { rows: done.rows_affected(), first_key: None }
}

fn copy(row: &SqliteRow, place: usize, binds: &mut Binds<Sqlite>) -> Result<bool, Error> {
    use ::sqlx::Row as _;
    let value = row.try_get_raw(place)?;
    if value.is_null() {
        return Ok(false);
    }
    let kind = value.type_info().name().to_owned();
    match &*kind {
        "INTEGER" => binds.add(row.try_get_unchecked::<i64, _>(place)?),
        "REAL" => binds.add(row.try_get_unchecked::<f64, _>(place)?),
        "TEXT" => binds.add(row.try_get_unchecked::<String, _>(place)?),
        _ => binds.add(row.try_get_unchecked::<Vec<u8>, _>(place)?),
    }
    Ok(true)
}

/// By the primary result codes of SQLite.
fn fault(error: &Error) -> Fault {
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
    match code.map(|code| code & 0xff) {
        // The generic error may be what a trigger raises.
        Some(1) => Fault::Unclear,
        // Too big, a constraint, a mismatch of types.
        Some(18..=20) => Fault::Values,
        // Busy, full, interrupted, read-only ..
        _ => Fault::Other,
    }
}

impl Transacted for Sqlite {
    // The keys of a batch are chosen above the largest one: nobody else may write in between.
    const BEGIN: &'static str = "begin immediate";
    const BEGIN_MARKED: &'static str = Self::BEGIN;
    const DROPS_SAVEPOINTS: bool = false;
    const ALONE: Alone = Alone::Ordinary;

    async fn enter(db: &mut SqliteConnection, savepoint: &'static str) -> Result<bool, Error> {
        super::sqlx::engine::say::<Self>(db, format!("savepoint {savepoint}")).await.map(|()| true)
    }

    async fn is_open(_: &mut SqliteConnection) -> Result<bool, Error> {
        // `begin` says so itself.
        Ok(false)
    }

    fn is_open_already(error: &Error) -> bool {
        error.as_database_error().is_some_and(|error| error.message().contains("within a transaction"))
    }

    async fn reopen(db: &mut SqliteConnection) {
        if !db.is_in_transaction() {
            return;
        }
        // Fails as long as the transaction is there. `raise(rollback)` and `on conflict rollback` end it.
        if super::sqlx::engine::say::<Self>(db, "begin".to_owned()).await.is_ok() {
            // How deep transactions are nested sqlx does not tell. Savepoints too many end with the transaction.
            let savepoints: Vec<_> = (1..10).map(|depth| format!("savepoint _sqlx_savepoint_{depth}")).collect();
            let _ = super::sqlx::engine::say::<Self>(db, savepoints.join("; ")).await;
        }
    }
}

#[diagnostic::do_not_recommend]
impl crate::persist::Opened for SqliteConnection {
    type Backend = Sqlite;
}

impl crate::persist::Opens for Sqlite {
    type Owned = SqliteConnection;

    const KIND: &'static str = "sqlite";
    const LIBRARY: &'static str = "sqlx";

    fn open(url: &str) -> BoxFuture<'_, Result<SqliteConnection, BoxError>> {
        use ::sqlx::ConnectOptions as _;
        Box::pin(async move {
            let options: ::sqlx::sqlite::SqliteConnectOptions = url.parse()?;
            Ok(options.create_if_missing(true).connect().await?)
        })
    }

    fn lend(owned: &mut SqliteConnection) -> &mut SqliteConnection {
        owned
    }
}

/// Writes `Persist`, and for a model with a table `Create`, for SQLite through sqlx.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_sqlx_sqlite {
    ($($factory:tt)*) => {
        $crate::__persist_database! { [__m::sqlx::Sqlite] $($factory)* }
    };
}
