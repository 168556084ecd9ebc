//! What can be passed as `db`, and the transaction around a call. Knows no table.

use super::Dialect;
use crate::error::{Error, Result, Stage};
use crate::persist::{BoxFuture, Call, Create, Finish, Handle, Rows, Work, run};
use ::sqlx::pool::PoolConnection;
use ::sqlx::{Connection, Database, Pool, SqlSafeStr, Sqlite, SqliteConnection, Transaction};
use std::pin::pin;
use std::task::{Context, Waker};

macro_rules! handles {
    ($database:ty: $($connection:ty),*) => {
        impl<'h> Handle<'h> for &'h Pool<$database> {
            type Backend = $database;
            type Output<T: Send + 'h> = BoxFuture<'h, Result<T>>;

            fn run<F, T>(self, call: Call<F>, finish: Finish<F, T>) -> BoxFuture<'h, Result<T>>
            where
                F: Create<$database> + 'h,
                T: Send + 'h,
            {
                Box::pin(async move {
                    let rows = call.rows()?;
                    if rows.is_empty() && let Some(nothing) = finish(Vec::new(), rows.scope().ledger()) {
                        return Ok(nothing);
                    }
                    let mut connection = self.acquire().await.map_err(failed::<F>(Stage::Acquire))?;
                    whole::<$database, F, T>(&mut connection, rows, finish).await
                })
            }

            fn rehearse<W>(self, work: W) -> BoxFuture<'h, Result<W::Output>>
            where
                W: Work<$database, Output: 'h> + 'h,
            {
                Box::pin(async move {
                    let acquired = self.acquire().await;
                    let mut connection = acquired.map_err(|error| Error::new(Stage::Acquire, W::NAME, error))?;
                    rehearsed::<$database, W>(&mut connection, work).await
                })
            }
        }

        $(impl<'h> Handle<'h> for &'h mut $connection {
            type Backend = $database;
            type Output<T: Send + 'h> = BoxFuture<'h, Result<T>>;

            fn run<F, T>(self, call: Call<F>, finish: Finish<F, T>) -> BoxFuture<'h, Result<T>>
            where
                F: Create<$database> + 'h,
                T: Send + 'h,
            {
                Box::pin(async move { whole::<$database, F, T>(self, call.rows()?, finish).await })
            }

            fn rehearse<W>(self, work: W) -> BoxFuture<'h, Result<W::Output>>
            where
                W: Work<$database, Output: 'h> + 'h,
            {
                Box::pin(rehearsed::<$database, W>(self, work))
            }
        })*
    };
}

handles!(Sqlite: SqliteConnection, PoolConnection<Sqlite>, Transaction<'_, Sqlite>);

/// All of the rows, or none.
async fn whole<DB, F, T>(
    connection: &mut <DB as Database>::Connection,
    rows: Rows<F>,
    finish: Finish<F, T>,
) -> Result<T>
where
    DB: Dialect,
    F: Create<DB>,
{
    if rows.is_empty() {
        return run::<F, DB, T>(rows, connection, finish).await;
    }
    // Also around a single statement: its row may be written and not be readable.
    // Not a savepoint of sqlx: dropped while it is set, it takes the transaction around it along.
    if connection.is_in_transaction() {
        return in_savepoint::<DB, F, T>(connection, rows, finish).await;
    }
    let error = match connection.begin_with(DB::BEGIN.into_sql_str()).await {
        Ok(transaction) => return in_transaction(transaction, rows, finish).await,
        Err(error) => error,
    };
    if !DB::is_open_already(&error) {
        return Err(failed::<F>(Stage::Begin)(error));
    }
    in_savepoint::<DB, F, T>(connection, rows, finish).await
}

async fn in_transaction<DB, F, T>(mut tx: Transaction<'_, DB>, rows: Rows<F>, finish: Finish<F, T>) -> Result<T>
where
    DB: Dialect,
    F: Create<DB>,
{
    match run::<F, DB, T>(rows, &mut tx, finish).await {
        Ok(made) => tx.commit().await.map_err(failed::<F>(Stage::Commit)).map(|()| made),
        Err(error) => {
            undo(tx).await;
            Err(error)
        }
    }
}

/// Rolls back. A failure of that is not told: what made it necessary is.
async fn undo<DB: Dialect>(mut tx: Transaction<'_, DB>) {
    DB::reopen(&mut tx).await;
    let _ = tx.rollback().await;
}

async fn in_savepoint<DB, F, T>(
    connection: &mut <DB as Database>::Connection,
    rows: Rows<F>,
    finish: Finish<F, T>,
) -> Result<T>
where
    DB: Dialect,
    F: Create<DB>,
{
    let mut savepoint = Savepoint::<DB> { connection, open: false };
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
async fn rehearsed<DB, W>(connection: &mut <DB as Database>::Connection, work: W) -> Result<W::Output>
where
    DB: Dialect,
    W: Work<DB>,
{
    let failed = |error| Error::new(Stage::Begin, W::NAME, error);
    if !connection.is_in_transaction() {
        match connection.begin_with(DB::BEGIN.into_sql_str()).await {
            Ok(mut tx) => {
                let done = work.run(&mut tx).await;
                undo(tx).await;
                return done;
            }
            Err(error) if !DB::is_open_already(&error) => return Err(failed(error)),
            Err(_) => {}
        }
    }
    let mut savepoint = Savepoint::<DB> { connection, open: false };
    savepoint.set().await.map_err(failed)?;
    let done = work.run(&mut *savepoint.connection).await;
    savepoint.undo().await;
    done
}

/// A savepoint of which sqlx knows nothing, as it may know nothing of the transaction around it: its own would end that
/// with a `COMMIT`.
struct Savepoint<'c, DB: Dialect> {
    connection: &'c mut <DB as Database>::Connection,
    open: bool,
}

impl<DB: Dialect> Savepoint<'_, DB> {
    const UNDO: [&'static str; 2] = ["rollback to manufactory", "release manufactory"];

    async fn set(&mut self) -> Result<(), ::sqlx::Error> {
        self.open = true;
        let set = DB::say(self.connection, "savepoint manufactory".to_owned()).await;
        self.open = set.is_ok();
        set
    }

    async fn release(mut self) -> Result<(), ::sqlx::Error> {
        DB::say(self.connection, "release manufactory".to_owned()).await?;
        self.open = false;
        Ok(())
    }

    async fn undo(mut self) {
        for sql in Self::UNDO {
            let _ = DB::say(self.connection, sql.to_owned()).await;
        }
        self.open = false;
        DB::reopen(self.connection).await;
    }
}

impl<DB: Dialect> Drop for Savepoint<'_, DB> {
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        for sql in Self::UNDO {
            // The first poll puts the statement into the connection's queue; nobody waits for what comes of it.
            let said = pin!(DB::say(self.connection, sql.to_owned()));
            let _ = said.poll(&mut Context::from_waker(Waker::noop()));
        }
    }
}

/// An error of the transaction around a call.
fn failed<F: crate::persist::Record>(stage: Stage) -> impl Fn(::sqlx::Error) -> Error {
    move |error| Error::new(stage, F::NAME, error).within(F::NAME)
}
