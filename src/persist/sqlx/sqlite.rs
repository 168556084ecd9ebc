//! The `sqlite` of sqlx: what is special about it, where its way begins, and what the derive has written for it.

mod batch;
mod culprit;
mod find;
mod group;
mod one;
mod survey;
mod text;

use super::{Binds, Dialect, Fetched};
use crate::error::{BoxError, Result};
use crate::persist::{Backend, BoxFuture, Insert, Made, Read, Record, Row, Rows, Sink, Source, StoredIn, Want};
use ::sqlx::{AssertSqlSafe, Connection, Error, Sqlite, SqliteConnection, raw_sql};

impl Backend for Sqlite {
    type Connection<'c> = &'c mut SqliteConnection;

    fn reborrow<'s>(connection: &'s mut Self::Connection<'_>) -> Self::Connection<'s> {
        connection
    }

    fn mark(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
        say(db, "savepoint manufactory_mark")
    }

    fn back(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
        say(db, "rollback to manufactory_mark; release manufactory_mark")
    }

    fn forget(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
        say(db, "release manufactory_mark")
    }
}

impl<F: Stored> Insert<F> for Sqlite {
    fn insert<'c>(rows: Rows<F>, db: &'c mut SqliteConnection, want: Want) -> BoxFuture<'c, Result<Vec<Made<F>>>>
    where
        F: 'c,
    {
        Box::pin(batch::insert(rows, db, want))
    }

    fn find<'c>(
        rows: Rows<F>,
        columns: &'static [&'static str],
        db: &'c mut SqliteConnection,
    ) -> BoxFuture<'c, Result<Vec<Made<F>>>>
    where
        F: 'c,
    {
        Box::pin(find::find(rows, columns, db))
    }
}

fn say<'c>(db: &'c mut SqliteConnection, sql: &'static str) -> BoxFuture<'c, Result<(), BoxError>> {
    Box::pin(async move { Ok(Sqlite::say(db, sql.to_owned()).await?) })
}

/// A factory whose columns can be stored and read back.
pub trait Stored: Record<Model: Send> + Row<Binds<Sqlite>> + for<'r> Read<Fetched<'r, Sqlite>> + Send {}

impl<F: Record<Model: Send> + Row<Binds<Sqlite>> + for<'r> Read<Fetched<'r, Sqlite>> + Send> Stored for F {}

#[diagnostic::do_not_recommend]
impl<T> StoredIn<Sqlite> for T
where
    Binds<Sqlite>: Sink<T>,
    for<'r> Fetched<'r, Sqlite>: Source<T>,
{
}

impl Dialect for Sqlite {
    const QUOTE: char = '"';
    const BINDS: usize = 32_766;
    // The keys of a batch are chosen above the largest one: nobody else may write in between.
    const BEGIN: &'static str = "begin immediate";

    fn is_open_already(error: &Error) -> bool {
        error.as_database_error().is_some_and(|error| error.message().contains("within a transaction"))
    }

    async fn reopen(db: &mut SqliteConnection) {
        if !db.is_in_transaction() {
            return;
        }
        // Fails as long as the transaction is there. `raise(rollback)` and `on conflict rollback` end it.
        if Self::say(db, "begin".to_owned()).await.is_ok() {
            // How deep transactions are nested sqlx does not tell. Savepoints too many end with the transaction.
            let savepoints: Vec<_> = (1..10).map(|depth| format!("savepoint _sqlx_savepoint_{depth}")).collect();
            let _ = Self::say(db, savepoints.join("; ")).await;
        }
    }

    async fn say(db: &mut SqliteConnection, sql: String) -> Result<(), Error> {
        raw_sql(AssertSqlSafe(sql)).execute(db).await.map(drop)
    }
}

/// Writes `Persist`, and for a model with a table `Create`: the factory as `__persist` describes it.
///
/// Where a type parameter or a lifetime decides whether a column can be stored, that is a bound; of all other models it
/// is asked beforehand, by `@columns`, so that the mistake shows at the column. The bounds are higher-ranked although they name no
/// lifetime, and the parents of what has no table are `reached`: see `__persist_stores`.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_sqlx_sqlite {
    (@columns $($ask:tt)*) => {
        const _: () = {
            use __m::sqlx::Sqlite as __Database;
            type __Binds = __m::Binds<__Database>;
            $($ask)*
        };
    };
    (
        [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*] [$($column:ty),* $(,)?] embedded $borrowing:ident
        { $($stage:literal $need:ident,)* } $($more:tt)*
    ) => {
        $crate::__persist_on! {
            __m::sqlx::Sqlite, embedded, [$($generics)*] [$factory]
            [
                $($bounds)*
                for<'s> $factory: ::core::marker::Send,
                for<'s> <$factory as __m::Record>::Model: ::core::marker::Send,
                $(
                    for<'s> <$factory as __m::Relation<$stage>>::Parent: ::core::marker::Send,
                    for<'s> <<$factory as __m::Relation<$stage>>::Parent as __m::Record>::Model: ::core::marker::Send,
                )*
            ]
            { $($stage [reached $need],)* } {} []
        }
    };
    ([$($generics:tt)*] [$factory:ty] [$($bounds:tt)*] [] stored owned $($stages:tt)*) => {
        $crate::__persist_on! {
            __m::sqlx::Sqlite, checked, [$($generics)*] [$factory]
            [$($bounds)* for<'s> $factory: __m::Mobile,]
            $($stages)*
        }
    };
    (
        [$($generics:tt)*] [$factory:ty] [$($bounds:tt)*] [$($column:ty),* $(,)?] stored $borrowing:ident
        $($stages:tt)*
    ) => {
        $crate::__persist_on! {
            __m::sqlx::Sqlite, stored, [$($generics)*] [$factory]
            [
                $($bounds)*
                for<'s> __m::sqlx::Sqlite: __m::Insert<$factory>,
                for<'s> $factory: ::core::marker::Send,
                for<'s> <$factory as __m::Record>::Model: ::core::marker::Send,
            ]
            $($stages)*
        }
    };
}
