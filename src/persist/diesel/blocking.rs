//! Diesel's own connections, which are synchronous: what runs on them, what can be passed as `db`, and the transaction
//! around a call. Knows no table.

use crate::error::{BoxError, Error, Result, Stage};
use crate::persist::diesel::{Query, is_lost, is_open_already, is_refused};
use crate::persist::sql::alone::Alone;
use crate::persist::{Backend, BoxFuture, Errand};
use ::diesel::QueryResult;
use ::diesel::connection::{AnsiTransactionManager, Connection, LoadConnection, TransactionManager};
use ::diesel::expression::QueryMetadata;
use ::diesel::r2d2::{ConnectionManager, Pool, PooledConnection, R2D2Connection};
use ::diesel::sql_types::Untyped;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// What every connection says in its own way.
pub(super) trait Blocking:
    LoadConnection<TransactionManager = AnsiTransactionManager>
    + R2D2Connection
    + for<'c> Backend<Connection<'c> = &'c mut Self>
{
    /// Opens a transaction that is going to write.
    const BEGIN: &'static str;

    /// What there is around a single row.
    const ALONE: Alone;

    /// Whether a transaction was opened by SQL text, unknown to Diesel. Asked only where [`BEGIN`](Blocking::BEGIN) does
    /// not fail then.
    fn is_open(&mut self) -> QueryResult<bool> {
        Ok(false)
    }

    /// Looks whether a statement that failed has ended the transaction that Diesel knows of.
    fn mend(&mut self) {}
}

/// Makes a connection a backend that SQL is run on, and what leads to it a handle.
macro_rules! blocking {
    ($connection:ty, $database:ty, $dialect:ident, $returns:literal, $copy:path) => {
        #[diagnostic::do_not_recommend]
        impl Backend for $connection {
            type Connection<'c> = &'c mut $connection;

            fn reborrow<'s>(connection: &'s mut Self::Connection<'_>) -> Self::Connection<'s> {
                connection
            }

            fn mark(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
                blocking::said(db, "savepoint manufactory_mark")
            }

            fn back(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
                blocking::said(db, "rollback to savepoint manufactory_mark; release savepoint manufactory_mark")
            }

            fn forget(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
                blocking::said(db, "release savepoint manufactory_mark")
            }
        }

        impl Engine for $connection {
            type Binds<'d> = Binds<'d, $database>;
            type Row<'c, 'q> = <$connection as ::diesel::connection::LoadConnection>::Row<'c, 'q>;
            type Error = ::diesel::result::Error;

            $crate::persist::sql::engine::ways!($crate::persist::sql::$dialect);

            const RETURNS: bool = $returns;

            fn run<'c, 'd: 'c>(
                db: Db<'c, Self>,
                statement: Statement<'c>,
                binds: Self::Binds<'d>,
            ) -> BoxFuture<'c, Result<Done, Self::Error>> {
                Box::pin(async move {
                    let rows = ::diesel::RunQueryDsl::execute(Query::new(statement, binds), db)?;
                    Ok(Done { rows: rows as u64, first_key: None })
                })
            }

            fn fetch<'c, 'd: 'c, T: Send + 'c>(
                db: Db<'c, Self>,
                statement: Statement<'c>,
                binds: Self::Binds<'d>,
                each: impl for<'r, 'x, 'q> FnMut(&'r Self::Row<'x, 'q>) -> Result<T> + Send + 'c,
            ) -> BoxFuture<'c, Result<Result<Vec<T>>, Self::Error>> {
                Box::pin(async move { blocking::fetch(db, Query::new(statement, binds), each) })
            }

            fn say(db: Db<'_, Self>, text: String) -> BoxFuture<'_, Result<(), Self::Error>> {
                Box::pin(async move { ::diesel::connection::SimpleConnection::batch_execute(db, &text) })
            }

            diesel::read!($database, $copy);
        }

        diesel::stored!($connection, $database, $dialect);

        #[diagnostic::do_not_recommend]
        impl<'h> Handle<'h> for &'h mut $connection {
            blocking::handle!($connection, |connection, _| Ok(connection));
        }

        #[diagnostic::do_not_recommend]
        impl<'h> Handle<'h> for &'h mut PooledConnection<ConnectionManager<$connection>> {
            blocking::handle!($connection, |connection, _| Ok(connection));
        }

        #[diagnostic::do_not_recommend]
        impl<'h> Handle<'h> for &'h Pool<ConnectionManager<$connection>> {
            blocking::handle!($connection, |pool, name| blocking::taken(pool, name));
        }
    };
}

/// What every handle does, once it has its connection: or an error, which names what was to be made.
macro_rules! handle {
    ($connection:ty, |$handle:ident, $name:tt| $reached:expr) => {
        type Backend = $connection;
        type Output<T: Send + 'h> = Result<T>;

        fn run<F, T>(self, call: Call<F>, finish: Finish<F, T>) -> Result<T>
        where
            F: Create<$connection> + 'h,
            T: Send + 'h,
        {
            let mut making = $crate::persist::Creating::of(call)?;
            if let Some(nothing) = making.nothing(finish) {
                return Ok(nothing);
            }
            let ($handle, $name) = (self, F::NAME);
            let mut reached = $reached?;
            blocking::whole::<$connection>(&mut reached, &mut making)?;
            making.made(finish)
        }

        fn rehearse<W>(self, work: W) -> Result<W::Output>
        where
            W: Work<$connection, Output: 'h> + 'h,
        {
            let ($handle, $name) = (self, W::NAME);
            let mut reached = $reached?;
            let mut rehearsing = $crate::persist::Rehearsing::of::<$connection>(work);
            blocking::rehearsed::<$connection>(&mut reached, &mut rehearsing)?;
            rehearsing.done()
        }
    };
}

pub(super) use {blocking, handle};

/// All of the rows, or none.
pub(super) fn whole<C: Blocking>(connection: &mut C, call: &mut (dyn Errand<C> + '_)) -> Result<()> {
    let is_alone = C::ALONE.is_for(call);
    // Also around a single statement: its row may be written and not be readable.
    let open = if is_alone { Open::alone(connection) } else { Open::begin(connection) };
    let mut open = open.map_err(|error| call.failed(Stage::Begin, error.into()))?;
    if let Level::Bare = open.level {
        call.bare();
    }
    // Where it fails or panics, what is open is undone with it.
    ready(call.name(), call.run(&mut *open.connection))?;
    let is_outermost = open.is_outermost();
    open.keep().map_err(|error| call.uncommitted(is_outermost && is_lost(&error), error.into()))
}

/// Work in a transaction or a savepoint that is undone, however the work ends.
pub(super) fn rehearsed<C: Blocking>(connection: &mut C, work: &mut (dyn Errand<C> + '_)) -> Result<()> {
    let open = Open::begin(connection).map_err(|error| work.failed(Stage::Begin, error.into()))?;
    ready(work.name(), work.run(&mut *open.connection))
}

/// A transaction or a savepoint that is undone unless it is kept.
struct Open<'c, C: Blocking> {
    connection: &'c mut C,
    level: Level,
}

/// What is open.
enum Level {
    /// A transaction or a savepoint that Diesel counts.
    Counted,
    /// A savepoint in a transaction of which Diesel knows nothing: its own would begin another one.
    Uncounted,
    /// Nothing, around a single row.
    Bare,
    /// Nothing any more.
    Over,
}

impl<'c, C: Blocking> Open<'c, C> {
    fn begin(connection: &'c mut C) -> QueryResult<Self> {
        let level = match Self::open(connection) {
            Ok(level) => level,
            Err(error) if is_open_already(&error) => Level::Uncounted,
            Err(error) => return Err(error),
        };
        if let Level::Uncounted = level {
            connection.batch_execute("savepoint manufactory")?;
        }
        Ok(Self { connection, level })
    }

    /// For a single row, which is made by its own insert alone.
    fn alone(connection: &'c mut C) -> QueryResult<Self> {
        let status = AnsiTransactionManager::transaction_manager_status_mut(connection);
        if status.transaction_depth()?.is_some() && C::ALONE == Alone::Marked {
            return Self::begin(connection);
        }
        let set = match C::ALONE {
            Alone::Bare => return Ok(Self { connection, level: Level::Bare }),
            _ => connection.batch_execute("savepoint manufactory"),
        };
        if is_refused(&set) {
            return Ok(Self { connection, level: Level::Bare });
        }
        set.map(|()| Self { connection, level: Level::Uncounted })
    }

    fn open(connection: &mut C) -> QueryResult<Level> {
        let status = AnsiTransactionManager::transaction_manager_status_mut(connection);
        if status.transaction_depth()?.is_some() {
            return AnsiTransactionManager::begin_transaction(connection).map(|()| Level::Counted);
        }
        if connection.is_open()? {
            return Ok(Level::Uncounted);
        }
        AnsiTransactionManager::begin_transaction_sql(connection, C::BEGIN).map(|()| Level::Counted)
    }

    /// Whether nothing is around it.
    fn is_outermost(&mut self) -> bool {
        let status = AnsiTransactionManager::transaction_manager_status_mut(self.connection);
        matches!((&self.level, status.transaction_depth()), (Level::Counted, Ok(Some(depth))) if depth.get() == 1)
    }

    fn keep(mut self) -> QueryResult<()> {
        match self.level {
            Level::Uncounted => self.connection.batch_execute("release savepoint manufactory")?,
            Level::Bare => {}
            _ => AnsiTransactionManager::commit_transaction(self.connection)?,
        }
        self.level = Level::Over;
        Ok(())
    }
}

impl<C: Blocking> Drop for Open<'_, C> {
    fn drop(&mut self) {
        // A failure of it is not told: what made it necessary is.
        let _ = match self.level {
            Level::Counted => AnsiTransactionManager::rollback_transaction(self.connection),
            Level::Uncounted => {
                let undo = "rollback to savepoint manufactory; release savepoint manufactory";
                self.connection.batch_execute(undo)
            }
            Level::Bare => {
                self.connection.mend();
                Ok(())
            }
            Level::Over => Ok(()),
        };
    }
}

/// A connection out of a pool.
pub(super) fn taken<C: R2D2Connection + 'static>(
    pool: &Pool<ConnectionManager<C>>,
    name: &'static str,
) -> Result<PooledConnection<ConnectionManager<C>>> {
    pool.get().map_err(|error| Error::new(Stage::Acquire, name, error).within(name))
}

/// Runs a statement to its end.
pub(super) fn fetch<C, T>(
    db: &mut C,
    query: Query<'_, C::Backend>,
    mut each: impl for<'r, 'c, 'q> FnMut(&'r <C as LoadConnection>::Row<'c, 'q>) -> Result<T>,
) -> QueryResult<Result<Vec<T>>>
where
    C: LoadConnection<Backend: QueryMetadata<Untyped>> + 'static,
{
    let mut fetched = Vec::new();
    for row in db.load(query)? {
        match each(&row?) {
            Ok(one) => fetched.push(one),
            Err(error) => return Ok(Err(error)),
        }
    }
    Ok(Ok(fetched))
}

/// Runs text without values.
pub(super) fn said<'c, C: Connection>(db: &'c mut C, text: &'static str) -> BoxFuture<'c, Result<(), BoxError>> {
    Box::pin(async move { Ok(db.batch_execute(text)?) })
}

/// What a future comes to that waits for nothing: Diesel's connections block instead.
fn ready<T>(name: &'static str, future: impl Future<Output = Result<T>>) -> Result<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(done) => done,
        Poll::Pending => {
            let why = "an `after_create` hook waits for something, and nothing can be waited for with a synchronous \
                       connection; use a connection of diesel-async";
            Err(Error::new(Stage::AfterCreate, name, why))
        }
    }
}
