//! What can be passed as `db`, and the transaction around a call. Knows no table.

use super::alone::alone;
use super::savepoint::Savepoint;
use crate::error::{Result, Stage};
use crate::persist::sql::alone::Alone;
use crate::persist::sql::engine::Engine;
use crate::persist::{BoxFuture, Errand};
use ::sqlx::pool::PoolConnection;
use ::sqlx::{Connection, Database, Pool, SqlSafeStr, SqlStr, Transaction};
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
                Box::pin(async move {
                    let mut making = $crate::persist::Creating::of(call)?;
                    if let Some(nothing) = making.nothing(finish) {
                        return Ok(nothing);
                    }
                    on_pool(self, &mut making, true).await?;
                    making.made(finish)
                })
            }

            fn rehearse<W>(self, work: W) -> BoxFuture<'h, Result<W::Output>>
            where
                W: $crate::persist::Work<$database, Output: 'h> + 'h,
            {
                Box::pin(async move {
                    let mut rehearsing = $crate::persist::Rehearsing::of::<$database>(work);
                    on_pool(self, &mut rehearsing, false).await?;
                    rehearsing.done()
                })
            }
        }

        // Compiled here, not in the crate that makes something.
        fn on_pool<'c>(
            pool: &'c ::sqlx::Pool<$database>,
            errand: &'c mut (dyn $crate::persist::Errand<$database> + 'c),
            stays: bool,
        ) -> BoxFuture<'c, Result<()>> {
            Box::pin($crate::persist::sqlx::handle::on_pool(pool, errand, stays))
        }

        fn on_connection<'c>(
            connection: &'c mut <$database as ::sqlx::Database>::Connection,
            errand: &'c mut (dyn $crate::persist::Errand<$database> + 'c),
            stays: bool,
        ) -> BoxFuture<'c, Result<()>> {
            Box::pin($crate::persist::sqlx::handle::on_connection::<$database>(connection, false, errand, stays))
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
                Box::pin(async move {
                    let mut making = $crate::persist::Creating::of(call)?;
                    on_connection(self, &mut making, true).await?;
                    making.made(finish)
                })
            }

            fn rehearse<W>(self, work: W) -> BoxFuture<'h, Result<W::Output>>
            where
                W: $crate::persist::Work<$database, Output: 'h> + 'h,
            {
                Box::pin(async move {
                    let mut rehearsing = $crate::persist::Rehearsing::of::<$database>(work);
                    on_connection(self, &mut rehearsing, false).await?;
                    rehearsing.done()
                })
            }
        })*
    };
}
pub(in crate::persist) use handles;

/// What is to be done.
type Doing<'h, DB> = dyn Errand<DB> + 'h;

/// Does it on a connection of a pool; what it writes stays, or is undone.
pub(in crate::persist) async fn on_pool<DB: Transacted>(
    pool: &Pool<DB>,
    errand: &mut Doing<'_, DB>,
    stays: bool,
) -> Result<()> {
    let connection = pool.acquire().await.map_err(|error| errand.failed(Stage::Acquire, error.into()))?;
    let mut fresh = Fresh { connection: Some(connection), over: false };
    let Some(connection) = &mut fresh.connection else { return Ok(()) };
    let done = on_connection::<DB>(connection, true, errand, stays).await;
    fresh.over = true;
    done
}

/// Does it on a connection; on a `fresh` one there is no transaction yet.
pub(in crate::persist) async fn on_connection<DB: Transacted>(
    connection: &mut Conn<DB>,
    fresh: bool,
    errand: &mut Doing<'_, DB>,
    stays: bool,
) -> Result<()> {
    if stays { whole::<DB>(connection, fresh, errand).await } else { rehearsed::<DB>(connection, fresh, errand).await }
}

/// A connection of a pool. If the call is not over when it is dropped, neither may `begin` be: the connection would go back
/// with an open transaction, of which sqlx knows nothing. So it is closed.
struct Fresh<DB: Transacted> {
    connection: Option<PoolConnection<DB>>,
    over: bool,
}

impl<DB: Transacted> Drop for Fresh<DB> {
    fn drop(&mut self) {
        // SQLite's own thread has seen to it, and a database in memory would be gone.
        if !self.over && DB::DROPS_SAVEPOINTS {
            drop(self.connection.take().map(PoolConnection::detach));
        }
    }
}

/// All of the rows, or none.
async fn whole<DB: Transacted>(connection: &mut Conn<DB>, fresh: bool, call: &mut Doing<'_, DB>) -> Result<()> {
    if call.is_idle() {
        return call.run(connection).await;
    }
    if DB::ALONE.is_for(call) {
        return alone::<DB>(connection, fresh, call).await;
    }
    // In SQLite also around a single statement: its row may be written and not be readable.
    if connection.is_in_transaction() {
        if !DB::DROPS_SAVEPOINTS {
            return in_savepoint::<DB>(connection, call).await;
        }
        return nested::<DB>(connection, call).await;
    }
    let is_open = !fresh && DB::is_open(connection).await.map_err(|error| call.failed(Stage::Begin, error.into()))?;
    if is_open {
        return in_savepoint::<DB>(connection, call).await;
    }
    let error = match connection.begin_with(begin::<DB>(fresh)).await {
        Ok(transaction) => return in_transaction(transaction, call).await,
        Err(error) => error,
    };
    if !DB::is_open_already(&error) {
        return Err(call.failed(Stage::Begin, error.into()));
    }
    in_savepoint::<DB>(connection, call).await
}

/// A connection of a pool is closed when a call on it is dropped.
fn begin<DB: Transacted>(fresh: bool) -> SqlStr {
    let begin = if fresh { DB::BEGIN } else { DB::BEGIN_MARKED };
    begin.into_sql_str()
}

/// In a savepoint of sqlx, within a transaction of sqlx.
async fn nested<DB: Transacted>(connection: &mut Conn<DB>, call: &mut Doing<'_, DB>) -> Result<()> {
    let name = format!("_sqlx_savepoint_{}", DB::TransactionManager::get_transaction_depth(connection));
    let begun = Unbroken::of(connection.begin()).await;
    let mut savepoint = begun.map_err(|error| call.failed(Stage::Begin, error.into()))?;
    if let Err(error) = call.run(&mut savepoint).await {
        undo(savepoint).await;
        return Err(error);
    }
    // Not `commit`: dropped on its way, it rolls back to a savepoint that is gone, which ends the transaction around it.
    // So the savepoint is moved behind the rows, and what sqlx then rolls back is nothing.
    let kept = DB::say(&mut savepoint, format!("release savepoint {name}; savepoint {name}")).await;
    drop(savepoint);
    let kept = match kept {
        Ok(()) => DB::say(connection, format!("release savepoint {name}")).await,
        Err(error) => Err(error),
    };
    kept.map_err(|error| call.failed(Stage::Commit, error.into()))
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

async fn in_transaction<DB: Transacted>(mut tx: Transaction<'_, DB>, call: &mut Doing<'_, DB>) -> Result<()> {
    match call.run(&mut tx).await {
        Ok(()) => tx.commit().await.map_err(|error| call.uncommitted(DB::is_lost(&error), error.into())),
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

async fn in_savepoint<DB: Transacted>(connection: &mut Conn<DB>, call: &mut Doing<'_, DB>) -> Result<()> {
    let mut savepoint = Savepoint::<DB>::of(connection);
    savepoint.set().await.map_err(|error| call.failed(Stage::Begin, error.into()))?;
    match call.run(&mut *savepoint.connection).await {
        Ok(()) => savepoint.release().await.map_err(|error| call.failed(Stage::Commit, error.into())),
        Err(error) => {
            savepoint.undo().await;
            Err(error)
        }
    }
}

/// Work in a transaction or a savepoint that is undone, however the work ends.
async fn rehearsed<DB: Transacted>(connection: &mut Conn<DB>, fresh: bool, work: &mut Doing<'_, DB>) -> Result<()> {
    if connection.is_in_transaction() {
        if DB::DROPS_SAVEPOINTS {
            let begun = Unbroken::of(connection.begin()).await;
            let mut nested = begun.map_err(|error| work.failed(Stage::Begin, error.into()))?;
            let done = work.run(&mut nested).await;
            undo(nested).await;
            return done;
        }
    } else if fresh || !DB::is_open(connection).await.map_err(|error| work.failed(Stage::Begin, error.into()))? {
        match connection.begin_with(begin::<DB>(fresh)).await {
            Ok(mut tx) => {
                let done = work.run(&mut tx).await;
                undo(tx).await;
                return done;
            }
            Err(error) if !DB::is_open_already(&error) => return Err(work.failed(Stage::Begin, error.into())),
            Err(_) => {}
        }
    }
    let mut savepoint = Savepoint::<DB>::of(connection);
    savepoint.set().await.map_err(|error| work.failed(Stage::Begin, error.into()))?;
    let done = work.run(&mut *savepoint.connection).await;
    savepoint.undo().await;
    done
}
