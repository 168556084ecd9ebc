//! Connections of diesel-async: what runs on them, what can be passed as `db`, and the transaction around a call. Knows no
//! table.

use super::diesel::{Query, is_lost, is_open_already, is_refused};
use super::sql::alone::Alone;
use super::{Backend, BoxFuture, Caught, Errand};
use crate::error::{BoxError, Result, Stage};
use ::diesel::QueryResult;
use ::diesel_async::{AsyncConnection, AsyncConnectionCore, TransactionManager};
use futures_core::Stream;
use std::future::{poll_fn, ready};
use std::panic::resume_unwind;
use std::pin::pin;

type Manager<C> = <C as AsyncConnection>::TransactionManager;

/// What every connection says in its own way.
pub(super) trait Waiting: AsyncConnection + for<'c> Backend<Connection<'c> = &'c mut Self> {
    /// What there is around a single row.
    const ALONE: Alone;

    /// Opens a transaction that is going to write, or a savepoint in one that is open.
    fn begin(&mut self) -> impl Future<Output = QueryResult<()>> + Send {
        Manager::<Self>::begin_transaction(self)
    }

    /// Commits it, or releases the savepoint.
    fn commit(&mut self) -> impl Future<Output = QueryResult<()>> + Send {
        Manager::<Self>::commit_transaction(self)
    }

    /// Rolls it back.
    fn roll_back(&mut self) -> impl Future<Output = QueryResult<()>> + Send {
        Manager::<Self>::rollback_transaction(self)
    }

    /// Whether a transaction was opened by SQL text, unknown to Diesel. Looked for only where `BEGIN` does not fail then.
    fn is_open(&mut self) -> impl Future<Output = QueryResult<bool>> + Send {
        ready(Ok(false))
    }

    /// Looks whether a statement that failed has ended the transaction that Diesel knows of.
    fn mend(&mut self) -> impl Future<Output = ()> + Send {
        ready(())
    }

    /// Does what can be done without waiting about a statement whose future was dropped.
    fn abandon_statement(&mut self) {}

    /// Does what can be done without waiting about a transaction or savepoint whose future was dropped.
    fn abandon(&mut self);

    /// The same for a savepoint in a transaction of which Diesel knows nothing.
    fn abandon_savepoint(&mut self, end: &'static [&'static str]);
}

/// Makes a connection a backend that SQL is run on, and `&mut` of it a handle.
macro_rules! waiting {
    ($connection:ty, $database:ty, $dialect:ident, $takes_no_rows:literal, $copy:path) => {
        #[diagnostic::do_not_recommend]
        impl Backend for $connection {
            type Connection<'c> = &'c mut $connection;

            fn reborrow<'s>(connection: &'s mut Self::Connection<'_>) -> Self::Connection<'s> {
                connection
            }

            fn mark(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
                waiting::said(db, &["savepoint manufactory_mark"])
            }

            fn back(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
                waiting::said(db, &["rollback to savepoint manufactory_mark", "release savepoint manufactory_mark"])
            }

            fn forget(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
                waiting::said(db, &["release savepoint manufactory_mark"])
            }
        }

        impl Engine for $connection {
            type Binds<'d> = Binds<'d, $database>;
            type Row<'c, 'q> = <$connection as ::diesel_async::AsyncConnectionCore>::Row<'c, 'q>;
            type Error = ::diesel::result::Error;

            $crate::persist::sql::engine::ways!($crate::persist::sql::$dialect);

            const TAKES_NO_ROWS: bool = $takes_no_rows;

            fn run<'c, 'd: 'c>(
                db: Db<'c, Self>,
                statement: Statement<'c>,
                binds: Self::Binds<'d>,
            ) -> BoxFuture<'c, Result<Done, Self::Error>> {
                Box::pin(async move {
                    let rows = ::diesel_async::RunQueryDsl::execute(Query::new(statement, binds), db).await?;
                    Ok(Done { rows: rows as u64, first_key: None })
                })
            }

            fn fetch<'c, 'd: 'c, T: Send + 'c>(
                db: Db<'c, Self>,
                statement: Statement<'c>,
                binds: Self::Binds<'d>,
                each: impl for<'r, 'x, 'q> FnMut(&'r Self::Row<'x, 'q>) -> Result<T> + Send + 'c,
            ) -> BoxFuture<'c, Result<Result<Vec<T>>, Self::Error>> {
                Box::pin(waiting::fetch(db, Query::new(statement, binds), each))
            }

            fn say(db: Db<'_, Self>, text: String) -> BoxFuture<'_, Result<(), Self::Error>> {
                Box::pin(async move { ::diesel_async::SimpleAsyncConnection::batch_execute(db, &text).await })
            }

            diesel::read!($database, $copy);
        }

        diesel::stored!($connection, $database, $dialect);

        #[diagnostic::do_not_recommend]
        impl<'h> Handle<'h> for &'h mut $connection {
            type Backend = $connection;
            type Output<T: Send + 'h> = BoxFuture<'h, Result<T>>;

            fn run<F, T>(self, call: Call<F>, finish: Finish<F, T>) -> BoxFuture<'h, Result<T>>
            where
                F: Create<$connection> + 'h,
                T: Send + 'h,
            {
                Box::pin(async move {
                    let mut making = $crate::persist::Creating::of(call)?;
                    waiting::whole::<$connection>(self, &mut making).await?;
                    making.made(finish)
                })
            }

            fn rehearse<W>(self, work: W) -> BoxFuture<'h, Result<W::Output>>
            where
                W: Work<$connection, Output: 'h> + 'h,
            {
                Box::pin(async move {
                    let mut rehearsing = $crate::persist::Rehearsing::of::<$connection>(work);
                    waiting::rehearsed::<$connection>(self, &mut rehearsing).await?;
                    rehearsing.done()
                })
            }
        }
    };
}

pub(super) use waiting;

/// All of the rows, or none.
pub(super) async fn whole<C: Waiting>(connection: &mut C, call: &mut (dyn Errand<C> + '_)) -> Result<()> {
    if call.is_idle() {
        return call.run(connection).await;
    }
    let is_alone = C::ALONE.is_for(call);
    // Also around a single statement: its row may be written and not be readable.
    let open = if is_alone { Open::alone(connection).await } else { Open::begin(connection).await };
    let mut open = open.map_err(|error| call.failed(Stage::Begin, error.into()))?;
    if let Level::Bare = open.level {
        call.bare();
    }
    match Caught::new(call.run(&mut *open.connection)).await {
        Ok(Ok(())) => {
            let is_outermost = open.is_outermost();
            open.keep().await.map_err(|error| call.uncommitted(is_outermost && is_lost(&error), error.into()))
        }
        Ok(Err(error)) => {
            open.undo().await;
            Err(error)
        }
        Err(panic) => {
            open.undo().await;
            resume_unwind(panic)
        }
    }
}

/// Work in a transaction or a savepoint that is undone, however the work ends.
pub(super) async fn rehearsed<C: Waiting>(connection: &mut C, work: &mut (dyn Errand<C> + '_)) -> Result<()> {
    let open = Open::begin(connection).await.map_err(|error| work.failed(Stage::Begin, error.into()))?;
    let done = Caught::new(work.run(&mut *open.connection)).await;
    open.undo().await;
    done.unwrap_or_else(|panic| resume_unwind(panic))
}

/// A transaction or a savepoint that is undone unless it is kept.
struct Open<'c, C: Waiting> {
    connection: &'c mut C,
    level: Level,
}

/// What is open.
#[derive(Clone, Copy)]
enum Level {
    /// A transaction or a savepoint that Diesel counts.
    Counted,
    /// A savepoint in a transaction of which Diesel knows nothing: its own would begin another one.
    Uncounted,
    /// The same around a single row: nobody waits for its end.
    Marked,
    /// Nothing, around a single row.
    Bare,
    /// Nothing any more.
    Over,
}

const UNDO: &[&str] = &["rollback to savepoint manufactory", "release savepoint manufactory"];

impl<'c, C: Waiting> Open<'c, C> {
    async fn begin(connection: &'c mut C) -> QueryResult<Self> {
        let is_open = connection.is_open().await?;
        // Dropped while it waits, it may have begun.
        let mut open = Self { connection, level: Level::Counted };
        let begun = if is_open { Ok(()) } else { open.connection.begin().await };
        open.level = Level::Over;
        match begun {
            Ok(()) if !is_open => open.level = Level::Counted,
            Err(error) if !is_open_already(&error) => return Err(error),
            _ => {
                open.level = Level::Uncounted;
                let set = open.connection.batch_execute("savepoint manufactory").await;
                if set.is_err() {
                    open.level = Level::Over;
                }
                set?;
            }
        }
        Ok(open)
    }

    /// For a single row, which is made by its own insert alone.
    async fn alone(connection: &'c mut C) -> QueryResult<Self> {
        // A connection that is broken may be in a transaction that nobody ends.
        Manager::<C>::transaction_manager_status_mut(connection).transaction_depth()?;
        let mut open = Self { connection, level: Level::Bare };
        if C::ALONE == Alone::Bare {
            return Ok(open);
        }
        open.level = Level::Marked;
        let set = open.connection.batch_execute("savepoint manufactory").await;
        if set.is_err() {
            open.level = Level::Bare;
        }
        // It is refused where there is no transaction.
        if !is_refused(&set) {
            set?;
        }
        Ok(open)
    }

    /// Whether nothing is around it.
    fn is_outermost(&mut self) -> bool {
        let depth = Manager::<C>::transaction_manager_status_mut(self.connection).transaction_depth();
        matches!((self.level, depth), (Level::Counted, Ok(Some(depth))) if depth.get() == 1)
    }

    async fn keep(mut self) -> QueryResult<()> {
        // What fails here has said what has become of it: nothing is left to be abandoned.
        match std::mem::replace(&mut self.level, Level::Over) {
            Level::Uncounted => self.connection.batch_execute("release savepoint manufactory").await,
            Level::Marked => {
                self.connection.abandon_savepoint(&["release savepoint manufactory"]);
                Ok(())
            }
            Level::Bare => Ok(()),
            _ => self.connection.commit().await,
        }
    }

    /// Rolls back. A failure of that is not told: what made it necessary is.
    async fn undo(mut self) {
        match std::mem::replace(&mut self.level, Level::Over) {
            Level::Uncounted | Level::Marked => drop(said(self.connection, UNDO).await),
            Level::Bare => self.connection.mend().await,
            _ => drop(self.connection.roll_back().await),
        }
    }
}

impl<C: Waiting> Drop for Open<'_, C> {
    fn drop(&mut self) {
        match self.level {
            Level::Counted => self.connection.abandon(),
            Level::Uncounted | Level::Marked => self.connection.abandon_savepoint(UNDO),
            Level::Bare => self.connection.abandon_statement(),
            Level::Over => {}
        }
    }
}

/// Runs a statement to its end: what a connection has not received is in the way of the next one.
pub(super) async fn fetch<C, T>(
    db: &mut C,
    query: Query<'_, C::Backend>,
    mut each: impl for<'r, 'x, 'q> FnMut(&'r C::Row<'x, 'q>) -> Result<T>,
) -> QueryResult<Result<Vec<T>>>
where
    C: AsyncConnectionCore,
{
    let mut rows = pin!(db.load(query).await?);
    let mut fetched = Ok(Vec::new());
    while let Some(row) = poll_fn(|cx| rows.as_mut().poll_next(cx)).await {
        let row = row?;
        if let Ok(all) = &mut fetched {
            match each(&row) {
                Ok(one) => all.push(one),
                Err(error) => fetched = Err(error),
            }
        }
    }
    Ok(fetched)
}

/// Runs texts without values.
pub(super) fn said<'c, C: AsyncConnection>(
    db: &'c mut C,
    texts: &'static [&'static str],
) -> BoxFuture<'c, Result<(), BoxError>> {
    Box::pin(async move {
        for text in texts {
            db.batch_execute(text).await?;
        }
        Ok(())
    })
}
