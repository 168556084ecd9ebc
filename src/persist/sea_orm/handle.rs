//! What can be passed as `db`, and the transaction around a call. Knows no table.

use super::fault::is_lost;
use crate::error::{Result, Stage};
use crate::persist::{BoxFuture, Call, Create, Creating, Errand, Finish, Handle, Rehearsing, Work, start};
use ::sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

macro_rules! handles {
    ($($handle:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl<'h> Handle<'h> for $handle {
            type Backend = DatabaseTransaction;
            type Output<T: Send + 'h> = BoxFuture<'h, Result<T>>;

            fn run<F, T>(self, call: Call<F>, finish: Finish<F, T>) -> BoxFuture<'h, Result<T>>
            where
                F: Create<DatabaseTransaction> + 'h,
                T: Send + 'h,
            {
                Box::pin(async move {
                    let mut making = Creating::of(call)?;
                    if let Some(nothing) = making.nothing(finish) {
                        return Ok(nothing);
                    }
                    whole(&*self, &mut making).await?;
                    making.made(finish)
                })
            }

            fn rehearse<W>(self, work: W) -> BoxFuture<'h, Result<W::Output>>
            where
                W: Work<DatabaseTransaction, Output: 'h> + 'h,
            {
                Box::pin(async move {
                    let mut rehearsing = Rehearsing::of::<DatabaseTransaction>(work);
                    rehearsed(&*self, &mut rehearsing).await?;
                    rehearsing.done()
                })
            }
        }
    )*};
}

handles!(&'h DatabaseConnection, &'h mut DatabaseConnection, &'h DatabaseTransaction, &'h mut DatabaseTransaction);

/// What is to be done on a transaction.
type Doing<'h> = dyn Errand<DatabaseTransaction> + 'h;

/// All of the rows, or none.
async fn whole<P: Place>(db: &P, call: &mut Doing<'_>) -> Result<()> {
    // Also around a single statement: its row may be written and not be readable.
    let around = db.enter().await.map_err(|error| call.failed(Stage::Begin, error.into()))?;
    match call.run(around.db()).await {
        Ok(()) => {
            let kept = around.keep().await;
            kept.map_err(|error| call.uncommitted(P::IS_OUTERMOST && is_lost(&error), error.into()))
        }
        Err(error) => {
            around.undo().await;
            Err(error)
        }
    }
}

/// Work in a transaction or a savepoint that is undone, however the work ends.
async fn rehearsed(db: &impl Place, work: &mut Doing<'_>) -> Result<()> {
    let around = db.enter().await.map_err(|error| work.failed(Stage::Begin, error.into()))?;
    let done = work.run(around.db()).await;
    around.undo().await;
    done
}

/// Where a call can be made.
trait Place: Sync {
    /// Whether nothing is around that.
    const IS_OUTERMOST: bool;

    /// Begins what can be undone as a whole.
    fn enter(&self) -> impl Future<Output = Result<Around<'_>, DbErr>> + Send;
}

impl Place for DatabaseConnection {
    const IS_OUTERMOST: bool = true;

    async fn enter(&self) -> Result<Around<'_>, DbErr> {
        // The keys of a batch are chosen above the largest one: nobody else may write in between.
        let sqlite_transaction_mode = Some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() };
        self.begin_with_options(options).await.map(Around::Transaction)
    }
}

impl Place for DatabaseTransaction {
    const IS_OUTERMOST: bool = false;

    async fn enter(&self) -> Result<Around<'_>, DbErr> {
        if self.get_database_backend() == DbBackend::Sqlite {
            let mut savepoint = Savepoint { db: self, open: false };
            savepoint.set().await?;
            return Ok(Around::Savepoint(savepoint));
        }
        self.begin().await.map(Around::Transaction)
    }
}

/// What is around a call. Dropped, it is undone.
enum Around<'t> {
    /// SeaORM's own transaction, or its savepoint in one.
    Transaction(DatabaseTransaction),
    Savepoint(Savepoint<'t>),
}

impl Around<'_> {
    fn db(&self) -> &DatabaseTransaction {
        match self {
            Self::Transaction(transaction) => transaction,
            Self::Savepoint(savepoint) => savepoint.db,
        }
    }

    async fn keep(self) -> Result<(), DbErr> {
        match self {
            Self::Transaction(transaction) => transaction.commit().await,
            Self::Savepoint(savepoint) => savepoint.release().await,
        }
    }

    /// A failure of that is not told: what made it necessary is.
    async fn undo(self) {
        match self {
            Self::Transaction(transaction) => {
                reopen(&transaction).await;
                let _ = transaction.rollback().await;
            }
            Self::Savepoint(savepoint) => savepoint.undo().await,
        }
    }
}

/// Opens the transactions again that SeaORM knows of, if an error has ended them: it would count them as open for ever, in
/// its pool too, because its own rollback would fail. `raise(rollback)` and `on conflict rollback` of SQLite do that, and
/// a deadlock in MySQL.
async fn reopen(db: &DatabaseTransaction) {
    let is_over = match db.get_database_backend() {
        // Fails as long as the transaction is there.
        DbBackend::Sqlite => true,
        // Outside of a transaction a savepoint is gone as soon as it is set.
        DbBackend::MySql => {
            db.execute_unprepared("savepoint manufactory_check").await.is_ok()
                && db.execute_unprepared("release savepoint manufactory_check").await.is_err()
        }
        _ => false,
    };
    if is_over && db.execute_unprepared("begin").await.is_ok() {
        // How deep transactions are nested SeaORM does not tell. Savepoints too many end with the transaction.
        for depth in 1..10 {
            let _ = db.execute_unprepared(&format!("savepoint _sqlx_savepoint_{depth}")).await;
        }
    }
}

/// A savepoint in SQLite of which SeaORM knows nothing: its own, dropped while it is set, takes the transaction around it
/// along. Elsewhere it is the lesser evil, because what is said while a connection still waits for an answer is lost.
struct Savepoint<'t> {
    db: &'t DatabaseTransaction,
    open: bool,
}

impl Savepoint<'_> {
    const UNDO: [&'static str; 2] = ["rollback to manufactory", "release manufactory"];

    async fn set(&mut self) -> Result<(), DbErr> {
        self.open = true;
        let set = self.db.execute_unprepared("savepoint manufactory").await;
        self.open = set.is_ok();
        set.map(drop)
    }

    async fn release(mut self) -> Result<(), DbErr> {
        self.db.execute_unprepared("release manufactory").await?;
        self.open = false;
        Ok(())
    }

    async fn undo(mut self) {
        for sql in Self::UNDO {
            let _ = self.db.execute_unprepared(sql).await;
        }
        self.open = false;
        reopen(self.db).await;
    }
}

impl Drop for Savepoint<'_> {
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        for sql in Self::UNDO {
            start(self.db.execute_unprepared(sql));
        }
    }
}
