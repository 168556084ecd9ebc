//! Rows through SeaORM: a library that learns at run time which database it talks to. Knows values, rows and transactions;
//! what the statements are is each database's own matter.

mod binds;
mod engine;
mod fault;
mod fetched;
mod handle;

pub use binds::Binds;
pub use fetched::Fetched;

use crate::error::{BoxError, Result};
use crate::persist::sql::{self, engine::Stored};
use crate::persist::{Backend, BoxFuture, Insert, Made, Read, Record, Row, Rows, Sink, Source, StoredIn, Want};
use ::sea_orm::{ConnectionTrait, DatabaseTransaction};

#[diagnostic::do_not_recommend]
impl Backend for DatabaseTransaction {
    type Connection<'c> = &'c DatabaseTransaction;

    fn reborrow<'s>(connection: &'s mut Self::Connection<'_>) -> Self::Connection<'s> {
        connection
    }

    fn mark(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
        say(db, &["savepoint manufactory_mark"])
    }

    fn back(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
        say(db, &["rollback to savepoint manufactory_mark", "release savepoint manufactory_mark"])
    }

    fn forget(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
        say(db, &["release savepoint manufactory_mark"])
    }
}

fn say<'c>(db: &'c DatabaseTransaction, statements: &'static [&'static str]) -> BoxFuture<'c, Result<(), BoxError>> {
    Box::pin(async move {
        for sql in statements {
            db.execute_unprepared(sql).await?;
        }
        Ok(())
    })
}

impl<F: Stored<DatabaseTransaction>> Insert<F> for DatabaseTransaction {
    fn insert<'c>(mut rows: Rows<F>, db: &'c DatabaseTransaction, want: Want) -> BoxFuture<'c, Result<Vec<Made<F>>>>
    where
        F: 'c,
    {
        rows.drafts_mut().iter_mut().for_each(F::start);
        sql::insert_batch::<Self, F>(rows, db, want)
    }

    fn find<'c>(
        rows: Rows<F>,
        columns: &'static [&'static str],
        db: &'c DatabaseTransaction,
    ) -> BoxFuture<'c, Result<Vec<Made<F>>>>
    where
        F: 'c,
    {
        sql::find_batch::<Self, F>(rows, columns, db)
    }
}

impl<F> Stored<DatabaseTransaction> for F
where
    F: Record<Model: Send> + Row<Binds> + for<'r> Read<Fetched<'r>> + Send,
{
    fn write_to<'d>(&self, binds: &mut Binds)
    where
        Self: 'd,
    {
        self.write(binds);
    }

    fn read_from(self, row: &::sea_orm::QueryResult, first: usize) -> Result<Self::Model> {
        self.read(&mut Fetched::of::<F>(row, first))
    }
}

#[diagnostic::do_not_recommend]
impl<T> StoredIn<DatabaseTransaction> for T
where
    Binds: Sink<T>,
    for<'r> Fetched<'r>: Source<T>,
{
}

/// Writes `Persist`, and for a model with a table `Create`, for SeaORM.
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_sea_orm {
    ($($factory:tt)*) => {
        $crate::__persist_database! { [__m::sea_orm::DatabaseTransaction] $($factory)* }
    };
}

/// Writes what fills a row's open columns: the path of the active model, and the columns.
#[doc(hidden)]
#[macro_export]
macro_rules! __active_model {
    ($active:ty { $($column:ident),* }) => {
        fn start(&mut self) {
            let __active = <$active as __m::sea_orm::ActiveModelBehavior>::new();
            $(
                if let (__m::None, __m::sea_orm::ActiveValue::Set(__value)) = (&self.$column, __active.$column) {
                    self.$column = __m::Some(__value);
                }
            )*
        }
    };
}
