//! How sqlx runs a statement, whatever the database.

use super::Binds;
use crate::error::Result;
use crate::persist::sql::engine::{Done, ends_connection};
use ::sqlx::database::HasStatementCache;
use ::sqlx::{AssertSqlSafe, Database, Error, Executor, IntoArguments, query_with, raw_sql};

/// Runs a statement that gives no rows back; `count` says what it has done.
pub(in crate::persist) async fn run<DB>(
    db: &mut DB::Connection,
    text: String,
    lasting: bool,
    binds: Binds<DB>,
    count: fn(&DB::QueryResult) -> Done,
) -> Result<Done, Error>
where
    DB: Database + HasStatementCache,
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    let statement = query_with(AssertSqlSafe(text), binds.into_arguments()).persistent(lasting);
    Ok(count(&statement.execute(db).await?))
}

/// Runs a statement to its end, and hands on each row that comes back.
pub(in crate::persist) async fn fetch<DB, T>(
    db: &mut DB::Connection,
    text: String,
    lasting: bool,
    binds: Binds<DB>,
    each: impl FnMut(&DB::Row) -> Result<T>,
) -> Result<Result<Vec<T>>, Error>
where
    DB: Database + HasStatementCache,
    DB::Arguments: IntoArguments<DB>,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    let statement = query_with(AssertSqlSafe(text), binds.into_arguments()).persistent(lasting);
    let rows = statement.fetch_all(db).await?;
    Ok(rows.iter().map(each).collect())
}

/// Runs text without values.
pub(in crate::persist) async fn say<DB>(db: &mut DB::Connection, text: String) -> Result<(), Error>
where
    DB: Database + HasStatementCache,
    for<'c> &'c mut DB::Connection: Executor<'c, Database = DB>,
{
    raw_sql(AssertSqlSafe(text)).execute(db).await.map(drop)
}

/// Whether a connection was lost: either the library says so, or the server, which ends it.
pub(in crate::persist) fn is_lost(error: &Error) -> bool {
    match error {
        Error::Io(_) | Error::Protocol(_) | Error::Tls(_) | Error::WorkerCrashed => true,
        Error::Database(error) => error.code().is_some_and(|code| ends_connection(&code)),
        _ => false,
    }
}

/// Writes the engine that a database is through sqlx, and what it is to the algorithm.
macro_rules! engine {
    ($database:ident, $dialect:ident, $text:ident, $keep:expr, $count:expr, $copy:expr, $fault:expr) => {
        #[diagnostic::do_not_recommend]
        impl $crate::persist::Backend for ::sqlx::$database {
            type Connection<'c> = &'c mut <Self as ::sqlx::Database>::Connection;

            fn reborrow<'s>(connection: &'s mut Self::Connection<'_>) -> Self::Connection<'s> {
                connection
            }

            fn mark(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
                $crate::persist::sqlx::engine::words::<Self>(db, "savepoint manufactory_mark")
            }

            fn back(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
                let back = "rollback to savepoint manufactory_mark; release savepoint manufactory_mark";
                $crate::persist::sqlx::engine::words::<Self>(db, back)
            }

            fn forget(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
                $crate::persist::sqlx::engine::words::<Self>(db, "release savepoint manufactory_mark")
            }
        }

        impl $crate::persist::sql::engine::Engine for ::sqlx::$database {
            type Binds<'d> = Binds<Self>;
            type Row<'c, 'q> = <Self as ::sqlx::Database>::Row;
            type Error = ::sqlx::Error;

            $crate::persist::sql::engine::ways!($crate::persist::sql::$dialect);

            // What it asks with is text, which ends the unnamed statement.
            const LEARNS_TYPES: bool = true;

            fn run<'c, 'd: 'c>(
                db: Self::Connection<'c>,
                statement: Statement<'c>,
                binds: Self::Binds<'d>,
            ) -> BoxFuture<'c, Result<Done, Self::Error>> {
                let text = statement.$text();
                Box::pin($crate::persist::sqlx::engine::run(db, text, $keep(statement), binds, $count))
            }

            fn fetch<'c, 'd: 'c, T: Send + 'c>(
                db: Self::Connection<'c>,
                statement: Statement<'c>,
                binds: Self::Binds<'d>,
                each: impl for<'r, 'x, 'q> FnMut(&'r Self::Row<'x, 'q>) -> Result<T> + Send + 'c,
            ) -> BoxFuture<'c, Result<Result<Vec<T>>, Self::Error>> {
                let text = statement.$text();
                Box::pin($crate::persist::sqlx::engine::fetch(db, text, $keep(statement), binds, each))
            }

            fn say(db: Self::Connection<'_>, text: String) -> BoxFuture<'_, Result<(), Self::Error>> {
                Box::pin($crate::persist::sqlx::engine::say::<Self>(db, text))
            }

            fn int(row: &Self::Row<'_, '_>, place: usize) -> Result<Option<i64>, Self::Error> {
                ::sqlx::Row::try_get(row, place)
            }

            fn text(row: &Self::Row<'_, '_>, place: usize) -> Result<Option<String>, Self::Error> {
                ::sqlx::Row::try_get(row, place)
            }

            fn copy(row: &Self::Row<'_, '_>, place: usize, binds: &mut Self::Binds<'_>) -> Result<bool, Self::Error> {
                $copy(row, place, binds)
            }

            fn fault(error: &Self::Error) -> Fault {
                $fault(error)
            }

            fn is_lost(error: &Self::Error) -> bool {
                $crate::persist::sqlx::engine::is_lost(error)
            }
        }

        impl<F> Stored<::sqlx::$database> for F
        where
            F: Record<Model: Send> + Row<Binds<::sqlx::$database>> + Send,
            F: for<'r> Read<Fetched<'r, ::sqlx::$database>>,
        {
            fn write_to<'d>(&self, binds: &mut Binds<::sqlx::$database>)
            where
                Self: 'd,
            {
                self.write(binds);
            }

            fn read_from(
                self,
                row: &<::sqlx::$database as ::sqlx::Database>::Row,
                first: usize,
            ) -> Result<Self::Model> {
                self.read(&mut Fetched::of::<F>(row, first))
            }
        }

        impl<F: Stored<::sqlx::$database>> Insert<F> for ::sqlx::$database {
            fn insert<'c>(rows: Rows<F>, db: Self::Connection<'c>, want: Want) -> BoxFuture<'c, Result<Vec<Made<F>>>>
            where
                F: 'c,
            {
                $crate::persist::sql::insert_batch::<Self, F>(rows, db, want)
            }

            fn find<'c>(
                rows: Rows<F>,
                columns: &'static [&'static str],
                db: Self::Connection<'c>,
            ) -> BoxFuture<'c, Result<Vec<Made<F>>>>
            where
                F: 'c,
            {
                $crate::persist::sql::find_batch::<Self, F>(rows, columns, db)
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T> StoredIn<::sqlx::$database> for T
        where
            Binds<::sqlx::$database>: Sink<T>,
            for<'r> Fetched<'r, ::sqlx::$database>: Source<T>,
        {
        }
    };
}
pub(in crate::persist) use engine;

/// A word to the transaction.
pub(in crate::persist) fn words<'c, DB>(
    db: &'c mut DB::Connection,
    text: &'static str,
) -> crate::persist::BoxFuture<'c, Result<(), crate::error::BoxError>>
where
    DB: Database + HasStatementCache,
    for<'e> &'e mut DB::Connection: Executor<'e, Database = DB>,
{
    Box::pin(async move { Ok(say::<DB>(db, text.to_owned()).await?) })
}
