//! The `mysql` of sqlx, for MySQL and MariaDB: what is special about it, and what the derive has written for it.

use super::sqlx::engine::{engine, say};
use super::sqlx::{Binds, Fetched, Transacted, handles};
use crate::error::{BoxError, Result};
use crate::persist::sql::alone::Alone;
use crate::persist::sql::engine::{Done, Fault, Statement, Stored};
use crate::persist::sql::mysql;
use crate::persist::{BoxFuture, Insert, Made, Read, Record, Row, Rows, Sink, Source, StoredIn, Want};
use ::sqlx::mysql::{MySqlDatabaseError, MySqlQueryResult, MySqlRow};
use ::sqlx::pool::PoolConnection;
use ::sqlx::{Connection, Error, MySql, MySqlConnection, Transaction};

engine!(MySql, mysql, marked, keep, count, |_: &MySqlRow, _, _: &mut Binds<MySql>| Ok(false), fault);
handles!(MySql: MySqlConnection, PoolConnection<MySql>, Transaction<'_, MySql>);

/// All of them: to let go of a statement is a word that nobody answers, and over TCP the next one then waits until it is
/// acknowledged, for 40 ms. sqlx keeps a hundred at most.
fn keep(_: Statement<'_>) -> bool {
    true
}

fn count(done: &MySqlQueryResult) -> Done {
    Done { rows: done.rows_affected(), first_key: Some(done.last_insert_id()).filter(|key| *key > 0) }
}

fn number(error: &Error) -> Option<u16> {
    let error = error.as_database_error()?.try_downcast_ref::<MySqlDatabaseError>()?;
    Some(error.number())
}

fn fault(error: &Error) -> Fault {
    number(error).map_or(Fault::Other, mysql::fault)
}

impl Transacted for MySql {
    const BEGIN: &'static str = "begin";
    const BEGIN_MARKED: &'static str = Self::BEGIN;
    const DROPS_SAVEPOINTS: bool = true;
    const ALONE: Alone = Alone::Bare;

    async fn enter(db: &mut MySqlConnection, savepoint: &'static str) -> Result<bool, Error> {
        say::<Self>(db, format!("savepoint {savepoint}")).await.map(|()| true)
    }

    /// Outside of a transaction a savepoint is gone as soon as it is set.
    async fn is_open(db: &mut MySqlConnection) -> Result<bool, Error> {
        const GONE: u16 = 1305;
        say::<Self>(db, "savepoint manufactory_check".to_owned()).await?;
        match say::<Self>(db, "release savepoint manufactory_check".to_owned()).await {
            Ok(()) => Ok(true),
            Err(error) if number(&error) == Some(GONE) => Ok(false),
            Err(error) => Err(error),
        }
    }

    fn is_open_already(_: &Error) -> bool {
        false
    }

    /// A deadlock ends the whole transaction, and its savepoints.
    async fn reopen(db: &mut MySqlConnection) {
        if db.is_in_transaction() && !Self::is_open(db).await.unwrap_or(true) {
            let _ = say::<Self>(db, "begin".to_owned()).await;
            for depth in 1..10 {
                let _ = say::<Self>(db, format!("savepoint _sqlx_savepoint_{depth}")).await;
            }
        }
    }
}

#[diagnostic::do_not_recommend]
impl crate::persist::Opened for MySqlConnection {
    type Backend = MySql;
}

impl crate::persist::Opens for MySql {
    type Owned = MySqlConnection;

    const KIND: &'static str = "mysql";
    const LIBRARY: &'static str = "sqlx";

    fn open(url: &str) -> BoxFuture<'_, Result<MySqlConnection, BoxError>> {
        use ::sqlx::Connection as _;
        Box::pin(async move { Ok(MySqlConnection::connect(url).await?) })
    }

    fn lend(owned: &mut MySqlConnection) -> &mut MySqlConnection {
        owned
    }
}

/// Writes `Persist`, and for a model with a table `Create`, for MySQL and MariaDB through sqlx.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_sqlx_mysql {
    ($($factory:tt)*) => {
        $crate::__persist_database! { [__m::sqlx::MySql] $($factory)* }
    };
}
