//! The backend that stores are to the algorithm: a call between `begin` and its end, batches on their way there and back.
//! Knows no store.

use super::super::{
    Backend, BoxFuture, Call, Complete, Create, Creating, Errand, Finish, Handle, Insert, Made, NeedsNoTable, Overlay,
    Read, Rehearsing, Row, Rows, Values, Want, Work,
};
use super::pending::Pending;
use super::search::Wanted;
use super::{Batch, Search, Store};
use crate::error::{BoxError, Error, Result, Stage};

/// The backend that all [`Store`]s are.
///
/// ```
/// use manufactory::persist::Stores;
/// use manufactory::{AfterCreate, BoxError, Factory, Store};
///
/// #[derive(Debug, Factory)]
/// #[factory(after_create)]
/// struct User {
///     username: String,
/// }
///
/// impl AfterCreate<Stores> for UserFactory {
///     async fn after_create(self, user: &mut User, db: &mut dyn Store) -> Result<(), BoxError> {
///         println!("{} is in {}", user.username, db.name());
///         Ok(())
///     }
/// }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// # User::factory().create(&mut manufactory::Memory::new()).await.unwrap();
/// # });
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Stores;

impl<F> NeedsNoTable<F> for Stores {}

#[diagnostic::do_not_recommend]
impl Backend for Stores {
    type Connection<'c> = &'c mut (dyn Store + 'c);

    fn reborrow<'s>(connection: &'s mut Self::Connection<'_>) -> Self::Connection<'s> {
        &mut **connection
    }

    fn mark(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
        db.begin()
    }

    fn back(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
        db.rollback()
    }

    fn forget(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>> {
        db.commit()
    }
}

macro_rules! handle {
    ([$($params:tt)*] $store:ty) => {
        // So that an error is about what can be passed, not about one of the ways.
        #[diagnostic::do_not_recommend]
        impl<$($params)*> Handle<'h> for &'h mut $store {
            type Backend = Stores;
            type Output<T: Send + 'h> = BoxFuture<'h, Result<T>>;

            fn run<F, T>(self, call: Call<F>, finish: Finish<F, T>) -> Self::Output<T>
            where
                F: Create<Stores> + 'h,
                T: Send + 'h,
            {
                Box::pin(async move {
                    let mut making = Creating::of(call)?;
                    transact(self, &mut making).await?;
                    making.made(finish)
                })
            }

            fn rehearse<W>(self, work: W) -> Self::Output<W::Output>
            where
                W: Work<Stores, Output: 'h> + 'h,
            {
                Box::pin(async move {
                    let mut rehearsing = Rehearsing::of::<Stores>(work);
                    rehearsed(self, &mut rehearsing).await?;
                    rehearsing.done()
                })
            }
        }
    };
}
handle! { ['h, S: Store] S }
// What an `after_create` hook is given.
handle! { ['h, 's: 'h] (dyn Store + 's) }

/// Work between `begin` and `rollback`.
async fn rehearsed(store: &mut (dyn Store + '_), work: &mut (dyn Errand<Stores> + '_)) -> Result<()> {
    store.begin().await.map_err(|why| work.failed(Stage::Begin, why))?;
    let mut begun = Begun::of(store);
    let done = work.run(begun.store()).await;
    let undone = begun.store().rollback().await;
    begun.over();
    match (done, undone) {
        (Ok(()), Err(why)) => Err(work.failed(Stage::Rollback, why)),
        (done, _) => done,
    }
}

/// A whole call, between `begin` and `commit` or `rollback`.
async fn transact(store: &mut (dyn Store + '_), call: &mut (dyn Errand<Stores> + '_)) -> Result<()> {
    if call.is_idle() {
        return call.run(store).await;
    }
    store.begin().await.map_err(|why| call.failed(Stage::Begin, why))?;
    let mut begun = Begun::of(store);
    let made = match call.run(begun.store()).await {
        Ok(()) => begun.store().commit().await.map_err(|why| call.failed(Stage::Commit, why)),
        Err(error) => Err(error),
    };
    if made.is_err() {
        // Whatever this one fails with, the first error is the one to look at.
        let _ = begun.store().rollback().await;
    }
    begun.over();
    made
}

/// A call that has begun, and may never come to its end: it may be dropped on its way.
pub(crate) struct Begun<'s> {
    store: &'s mut (dyn Store + 's),
    over: bool,
}

impl<'s> Begun<'s> {
    /// In this store.
    pub(crate) fn of(store: &'s mut (dyn Store + 's)) -> Self {
        Self { store, over: false }
    }

    /// The store.
    pub(crate) fn store(&mut self) -> &mut (dyn Store + 's) {
        &mut *self.store
    }

    /// Says that it has come to its end.
    pub(crate) fn over(mut self) {
        self.over = true;
    }
}

impl Drop for Begun<'_> {
    fn drop(&mut self) {
        if !self.over {
            self.store.abandon();
        }
    }
}

impl<F> Insert<F> for Stores
where
    F: Complete + Row<Values> + Read<Overlay> + Send,
    F::Model: Send + 'static,
{
    fn insert<'c>(rows: Rows<F>, db: Self::Connection<'c>, _: Want) -> BoxFuture<'c, Result<Vec<Made<F>>>>
    where
        F: 'c,
    {
        Box::pin(async move {
            if rows.is_empty() {
                return Ok(Vec::new());
            }
            rows.scope().ledger().statements().sent();
            let mut pending = Pending::new(rows);
            let mut batch = Batch::new(&mut pending);
            let outcome = db.insert(&mut batch).await;
            let asked = batch.was_asked();
            let models = match outcome {
                Err(error) => Err(pending.failure(error)),
                Ok(()) if asked => pending.finish(),
                Ok(()) => Err(unknown::<F>(&db.name())),
            };
            Ok(models?.into_iter().map(Made::Model).collect())
        })
    }

    fn find<'c>(
        rows: Rows<F>,
        columns: &'static [&'static str],
        db: Self::Connection<'c>,
    ) -> BoxFuture<'c, Result<Vec<Made<F>>>>
    where
        F: 'c,
    {
        Box::pin(async move {
            rows.scope().ledger().statements().sent();
            let mut wanted = Wanted::new(rows.into_drafts(), columns);
            let found = db.find(&mut Search::new(&mut wanted)).await;
            found.map_err(|why| Error::new(Stage::Find, F::NAME, why))?;
            wanted.finish()
        })
    }
}

fn unknown<F: Complete>(store: &str) -> Error {
    let model = F::NAME;
    let why = format!(
        "`{store}` does not know `{model}`; have its `insert` take `batch.models::<{model}>()`, or `batch.rows()` if \
         it stores anything"
    );
    Error::new(Stage::Insert, model, why)
}
