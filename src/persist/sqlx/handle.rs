//! What can be passed as `db`, and the transaction around a call. Knows no table.

use super::alone::alone;
use super::savepoint::Savepoint;
use crate::error::{Error, Result, Stage};
use crate::persist::sql::alone::Alone;
use crate::persist::sql::engine::Engine;
use crate::persist::{BoxFuture, Create, Finish, Rows, Work, run};
use ::sqlx::pool::PoolConnection;
use ::sqlx::{Connection, Database, SqlSafeStr, SqlStr, Transaction};
use sqlx_core::transaction::TransactionManager;
use std::pin::Pin;
use std::task::{Context, Poll};

pub(super) type Conn<DB> = <DB as Database>::Connection;

/// What a database says of transactions in its own way.
pub(in crate::persist) trait Transacted:
    Database + Engine<Error = ::sqlx::Error> + for<'c> crate::persist::Backend<Connection<'c> = &'c mut Conn<Self>>
{
    /// Opens a transaction that is going to write.
    const BEGIN: &'static str;

    /// The same on a connection that others will use, too. sqlx forgets one in Postgres that is dropped while it begins:
    /// [`enter`](Transacted::enter) has to know it again.
    const BEGIN_MARKED: &'static str;

    /// Whether a savepoint of sqlx can be dropped while it is set. One in SQLite takes the transaction around it along.
    const DROPS_SAVEPOINTS: bool;

    /// What there is around a single row.
    const ALONE: Alone;

    /// Sets a savepoint, unless there is no transaction to set it in. One that is left of a call is ended.
    fn enter(db: &mut Conn<Self>, savepoint: &'static str) -> impl Future<Output = Result<bool, ::sqlx::Error>> + Send;

    /// Whether a transaction was opened by SQL text, unknown to sqlx. Asked only where [`BEGIN`](Transacted::BEGIN) does
    /// not fail then.
    fn is_open(db: &mut Conn<Self>) -> impl Future<Output = Result<bool, ::sqlx::Error>> + Send;

    /// Whether [`BEGIN`](Transacted::BEGIN) failed because of that.
    fn is_open_already(error: &::sqlx::Error) -> bool;

    /// Opens the transactions again that sqlx knows of, if an error has ended them: it would count them as open for ever,
    /// in a pool too, because its own rollback would fail.
    fn reopen(db: &mut Conn<Self>) -> impl Future<Output = ()> + Send;
}

/// Writes what can be passed as `db` for a database.
macro_rules! handles {
    ($database:ty: $($connection:ty),*) => {
        #[diagnostic::do_not_recommend]
        impl<'h> $crate::persist::Handle<'h> for &'h ::sqlx::Pool<$database> {
            type Backend = $database;
            type Output<T: Send + 'h> = BoxFuture<'h, Result<T>>;

            fn run<F, T>(
                self,
                call: $crate::persist::Call<F>,
                finish: $crate::persist::Finish<F, T>,
            ) -> BoxFuture<'h, Result<T>>
            where
                F: $crate::persist::Create<$database> + 'h,
                T: Send + 'h,
            {
                use $crate::persist::sqlx::handle::failed;
                Box::pin(async move {
                    let rows = call.rows()?;
                    if rows.is_empty() && let Some(nothing) = finish(Vec::new(), rows.scope().ledger()) {
                        return Ok(nothing);
                    }
                    let acquired = self.acquire().await;
                    let connection = acquired.map_err(failed::<F>($crate::error::Stage::Acquire))?;
                    let mut fresh = $crate::persist::sqlx::handle::Fresh { connection: Some(connection), over: false };
                    fresh.make(rows, finish).await
                })
            }

            fn rehearse<W>(self, work: W) -> BoxFuture<'h, Result<W::Output>>
            where
                W: $crate::persist::Work<$database, Output: 'h> + 'h,
            {
                use $crate::error::{Error, Stage};
                Box::pin(async move {
                    let acquired = self.acquire().await;
                    let connection = acquired.map_err(|error| Error::new(Stage::Acquire, W::NAME, error))?;
                    let mut fresh = $crate::persist::sqlx::handle::Fresh { connection: Some(connection), over: false };
                    fresh.rehearse(work).await
                })
            }
        }

        $(#[diagnostic::do_not_recommend]
        impl<'h> $crate::persist::Handle<'h> for &'h mut $connection {
            type Backend = $database;
            type Output<T: Send + 'h> = BoxFuture<'h, Result<T>>;

            fn run<F, T>(
                self,
                call: $crate::persist::Call<F>,
                finish: $crate::persist::Finish<F, T>,
            ) -> BoxFuture<'h, Result<T>>
            where
                F: $crate::persist::Create<$database> + 'h,
                T: Send + 'h,
            {
                use $crate::persist::sqlx::handle::whole;
                Box::pin(async move { whole::<$database, F, T>(self, false, call.rows()?, finish).await })
            }

            fn rehearse<W>(self, work: W) -> BoxFuture<'h, Result<W::Output>>
            where
                W: $crate::persist::Work<$database, Output: 'h> + 'h,
            {
                Box::pin($crate::persist::sqlx::handle::rehearsed::<$database, W>(self, false, work))
            }
        })*
    };
}
pub(in crate::persist) use handles;

/// A connection of a pool. If the call is not over when it is dropped, neither may `begin` be: the connection would go back
/// with an open transaction, of which sqlx knows nothing. So it is closed.
pub(in crate::persist) struct Fresh<DB: Transacted> {
    pub(in crate::persist) connection: Option<PoolConnection<DB>>,
    pub(in crate::persist) over: bool,
}

impl<DB: Transacted> Fresh<DB> {
    /// All of the rows, or none.
    pub(in crate::persist) async fn make<F, T>(&mut self, rows: Rows<F>, finish: Finish<F, T>) -> Result<T>
    where
        F: Create<DB>,
    {
        let Some(connection) = &mut self.connection else {
            return Err(failed::<F>(Stage::Acquire)(::sqlx::Error::PoolClosed));
        };
        let made = whole::<DB, F, T>(connection, true, rows, finish).await;
        self.over = true;
        made
    }

    /// Work that is undone.
    pub(in crate::persist) async fn rehearse<W: Work<DB>>(&mut self, work: W) -> Result<W::Output> {
        let Some(connection) = &mut self.connection else {
            return Err(Error::new(Stage::Acquire, W::NAME, ::sqlx::Error::PoolClosed));
        };
        let done = rehearsed::<DB, W>(connection, true, work).await;
        self.over = true;
        done
    }
}

impl<DB: Transacted> Drop for Fresh<DB> {
    fn drop(&mut self) {
        // SQLite's own thread has seen to it, and a database in memory would be gone.
        if !self.over && DB::DROPS_SAVEPOINTS {
            drop(self.connection.take().map(PoolConnection::detach));
        }
    }
}

/// All of the rows, or none. On a `fresh` connection there is no transaction yet.
pub(in crate::persist) async fn whole<DB, F, T>(
    connection: &mut Conn<DB>,
    fresh: bool,
    rows: Rows<F>,
    finish: Finish<F, T>,
) -> Result<T>
where
    DB: Transacted,
    F: Create<DB>,
{
    if rows.is_empty() {
        return run::<F, DB, T>(rows, connection, finish).await;
    }
    if DB::ALONE.is_for(&rows) {
        return alone::<DB, F, T>(connection, fresh, rows, finish).await;
    }
    // In SQLite also around a single statement: its row may be written and not be readable.
    let failed = failed::<F>(Stage::Begin);
    if connection.is_in_transaction() {
        if !DB::DROPS_SAVEPOINTS {
            return in_savepoint::<DB, F, T>(connection, rows, finish).await;
        }
        return nested(connection, rows, finish).await;
    }
    if !fresh && DB::is_open(connection).await.map_err(&failed)? {
        return in_savepoint::<DB, F, T>(connection, rows, finish).await;
    }
    let error = match connection.begin_with(begin::<DB>(fresh)).await {
        Ok(transaction) => return in_transaction(transaction, rows, finish).await,
        Err(error) => error,
    };
    if !DB::is_open_already(&error) {
        return Err(failed(error));
    }
    in_savepoint::<DB, F, T>(connection, rows, finish).await
}

/// A connection of a pool is closed when a call on it is dropped.
fn begin<DB: Transacted>(fresh: bool) -> SqlStr {
    let begin = if fresh { DB::BEGIN } else { DB::BEGIN_MARKED };
    begin.into_sql_str()
}

/// In a savepoint of sqlx, within a transaction of sqlx.
async fn nested<DB, F, T>(connection: &mut Conn<DB>, rows: Rows<F>, finish: Finish<F, T>) -> Result<T>
where
    DB: Transacted,
    F: Create<DB>,
{
    let name = format!("_sqlx_savepoint_{}", DB::TransactionManager::get_transaction_depth(connection));
    let mut savepoint = Unbroken::of(connection.begin()).await.map_err(failed::<F>(Stage::Begin))?;
    let made = match run::<F, DB, T>(rows, &mut savepoint, finish).await {
        Ok(made) => made,
        Err(error) => {
            undo(savepoint).await;
            return Err(error);
        }
    };
    // Not `commit`: dropped on its way, it rolls back to a savepoint that is gone, which ends the transaction around it.
    // So the savepoint is moved behind the rows, and what sqlx then rolls back is nothing.
    let kept = DB::say(&mut savepoint, format!("release savepoint {name}; savepoint {name}")).await;
    drop(savepoint);
    kept.map_err(failed::<F>(Stage::Commit))?;
    DB::say(connection, format!("release savepoint {name}")).await.map_err(failed::<F>(Stage::Commit))?;
    Ok(made)
}

/// `begin` within a transaction, dropped only when it is done: on its way, it rolls back the transaction around it.
struct Unbroken<'c, T>(Option<BoxFuture<'c, T>>);

impl<'c, T> Unbroken<'c, T> {
    fn of(begin: impl Future<Output = T> + Send + 'c) -> Self {
        Self(Some(Box::pin(begin)))
    }
}

impl<T> Future for Unbroken<'_, T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        let Some(begin) = &mut self.0 else { return Poll::Pending };
        let done = begin.as_mut().poll(cx);
        if done.is_ready() {
            self.0 = None;
        }
        done
    }
}

impl<T> Drop for Unbroken<'_, T> {
    fn drop(&mut self) {
        // All it holds is a reference to the connection, whose next statement waits for the savepoint to be set.
        std::mem::forget(self.0.take());
    }
}

async fn in_transaction<DB, F, T>(mut tx: Transaction<'_, DB>, rows: Rows<F>, finish: Finish<F, T>) -> Result<T>
where
    DB: Transacted,
    F: Create<DB>,
{
    match run::<F, DB, T>(rows, &mut tx, finish).await {
        Ok(made) => match tx.commit().await {
            Ok(()) => Ok(made),
            Err(error) if DB::is_lost(&error) => Err(failed::<F>(Stage::Commit)(error).unanswered()),
            Err(error) => Err(failed::<F>(Stage::Commit)(error)),
        },
        Err(error) => {
            undo(tx).await;
            Err(error)
        }
    }
}

/// Rolls back. A failure of that is not told: what made it necessary is.
async fn undo<DB: Transacted>(mut tx: Transaction<'_, DB>) {
    DB::reopen(&mut tx).await;
    let _ = tx.rollback().await;
}

async fn in_savepoint<DB, F, T>(connection: &mut Conn<DB>, rows: Rows<F>, finish: Finish<F, T>) -> Result<T>
where
    DB: Transacted,
    F: Create<DB>,
{
    let mut savepoint = Savepoint::<DB>::of(connection);
    savepoint.set().await.map_err(failed::<F>(Stage::Begin))?;
    match run::<F, DB, T>(rows, &mut *savepoint.connection, finish).await {
        Ok(made) => savepoint.release().await.map_err(failed::<F>(Stage::Commit)).map(|()| made),
        Err(error) => {
            savepoint.undo().await;
            Err(error)
        }
    }
}

/// Work in a transaction or a savepoint that is undone, however the work ends.
pub(in crate::persist) async fn rehearsed<DB, W>(connection: &mut Conn<DB>, fresh: bool, work: W) -> Result<W::Output>
where
    DB: Transacted,
    W: Work<DB>,
{
    let failed = |error| Error::new(Stage::Begin, W::NAME, error);
    if connection.is_in_transaction() {
        if DB::DROPS_SAVEPOINTS {
            let mut nested = Unbroken::of(connection.begin()).await.map_err(failed)?;
            let done = work.run(&mut nested).await;
            undo(nested).await;
            return done;
        }
    } else if fresh || !DB::is_open(connection).await.map_err(failed)? {
        match connection.begin_with(begin::<DB>(fresh)).await {
            Ok(mut tx) => {
                let done = work.run(&mut tx).await;
                undo(tx).await;
                return done;
            }
            Err(error) if !DB::is_open_already(&error) => return Err(failed(error)),
            Err(_) => {}
        }
    }
    let mut savepoint = Savepoint::<DB>::of(connection);
    savepoint.set().await.map_err(failed)?;
    let done = work.run(&mut *savepoint.connection).await;
    savepoint.undo().await;
    done
}

/// An error of the transaction around a call.
pub(in crate::persist) fn failed<F: crate::persist::Record>(stage: Stage) -> impl Fn(::sqlx::Error) -> Error {
    move |error| Error::new(stage, F::NAME, error).within(F::NAME)
}
