//! The `postgres` of sqlx: what is special about it, and what the derive has written for it.

use super::sqlx::engine::{engine, say};
use super::sqlx::{Binds, Fetched, Transacted, handles};
use crate::error::{BoxError, Result};
use crate::persist::sql::alone::Alone;
use crate::persist::sql::engine::{Done, Fault, Statement, Stored};
use crate::persist::{BoxFuture, Insert, Made, Read, Record, Row, Rows, Sink, Source, StoredIn, Want};
use ::sqlx::pool::PoolConnection;
use ::sqlx::postgres::PgQueryResult;
use ::sqlx::{AssertSqlSafe, Connection, Error, PgConnection, Postgres, Row as _, Transaction, raw_sql};

engine!(Postgres, postgres, numbered, |statement: Statement<'_>| statement.lasting, count, |_, _, _| Ok(false), fault);
handles!(Postgres: PgConnection, PoolConnection<Postgres>, Transaction<'_, Postgres>);

fn count(done: &PgQueryResult) -> Done {
    Done { rows: done.rows_affected(), first_key: None }
}

/// By the classes of SQLSTATE: <https://www.postgresql.org/docs/current/errcodes-appendix.html>
fn fault(error: &Error) -> Fault {
    let code = error.as_database_error().and_then(::sqlx::error::DatabaseError::code);
    match code.as_deref().map(|code| code.split_at_checked(2)) {
        // Data exceptions, violated constraints.
        Some(Some(("22" | "23", _))) => Fault::Values,
        // What a trigger raises; what the check option of a view refuses.
        Some(Some(("P0" | "44", _))) => Fault::Unclear,
        _ => Fault::Other,
    }
}

impl Transacted for Postgres {
    const BEGIN: &'static str = "begin";
    const BEGIN_MARKED: &'static str = "begin; set local manufactory.begun = 'yes'";
    const DROPS_SAVEPOINTS: bool = true;
    const ALONE: Alone = Alone::Marked;

    async fn enter(db: &mut PgConnection, savepoint: &'static str) -> Result<bool, Error> {
        const NONE: &str = "25P01";
        if db.is_in_transaction() {
            return say::<Self>(db, format!("savepoint {savepoint}")).await.map(|()| true);
        }
        let is_left = "select coalesce(current_setting('manufactory.begun', true), '') = 'yes'";
        match raw_sql(AssertSqlSafe(format!("savepoint {savepoint}; {is_left}"))).fetch_one(&mut *db).await {
            Ok(row) if row.try_get(0)? => say::<Self>(db, "rollback".to_owned()).await.map(|()| false),
            Ok(_) => Ok(true),
            Err(Error::Database(error)) if error.code().as_deref() == Some(NONE) => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn is_open(db: &mut PgConnection) -> Result<bool, Error> {
        if !Self::enter(db, "manufactory_check").await? {
            return Ok(false);
        }
        say::<Self>(db, "release savepoint manufactory_check".to_owned()).await.map(|()| true)
    }

    fn is_open_already(_: &Error) -> bool {
        false
    }

    async fn reopen(_: &mut PgConnection) {}
}

#[diagnostic::do_not_recommend]
impl crate::persist::Opened for PgConnection {
    type Backend = Postgres;
}

impl crate::persist::Opens for Postgres {
    type Owned = PgConnection;

    const KIND: &'static str = "postgres";
    const LIBRARY: &'static str = "sqlx";

    fn open(url: &str) -> BoxFuture<'_, Result<PgConnection, BoxError>> {
        use ::sqlx::Connection as _;
        Box::pin(async move { Ok(PgConnection::connect(url).await?) })
    }

    fn lend(owned: &mut PgConnection) -> &mut PgConnection {
        owned
    }
}

/// Writes `Persist`, and for a model with a table `Create`, for Postgres through sqlx.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_sqlx_postgres {
    (@seed $targets:ident) => {
        __m::Target::<Self, __m::sqlx::Postgres>::new().add($targets.writers());
        __m::Target::<Self, __m::sqlx::Postgres>::new().copy($targets.writers());
    };
    ($($factory:tt)*) => {
        $crate::__persist_database! { [__m::sqlx::Postgres] $($factory)* }
    };
}
