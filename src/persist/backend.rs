//! What a backend is to the algorithm above it, and what a caller passes as `db`.

use super::errand::missing;
use super::{Brood, Ledger, Made, Record, Rows, Scope, Sought, Want, Work, depth};
use crate::error::{BoxError, Error, Result, Stage};
use crate::session::Session;
use crate::trace;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

/// A boxed future, `Send`.
pub type BoxFuture<'c, T> = Pin<Box<dyn Future<Output = T> + Send + 'c>>;

/// One database through one library, or the users' own stores.
///
/// For [`AfterCreate`](crate::AfterCreate) it is a type of the library's: `sqlx::Sqlite`, `diesel::PgConnection`; of stores
/// it is [`Stores`](super::Stores). A hook that does the same everywhere is written for all of them:
///
/// ```
/// use manufactory::persist::Backend;
/// use manufactory::{AfterCreate, BoxError, Factory};
///
/// #[derive(Debug, Factory)]
/// #[factory(after_create)]
/// struct User { username: String }
///
/// impl<B: Backend> AfterCreate<B> for UserFactory {
///     async fn after_create<'c>(self, user: &'c mut User, _: B::Connection<'c>) -> Result<(), BoxError> {
///         println!("{} was created", user.username);
///         Ok(())
///     }
/// }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// # User::factory().create(&mut manufactory::Memory::new()).await.unwrap() });
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no backend",
    label = "not what stands for a database",
    note = "a hook names what stands for its database: of sqlx `AfterCreate<sqlx::Sqlite>`, of Diesel the connection, of SeaORM `sea_orm::DatabaseTransaction`, of a `Store` `manufactory::persist::Stores`"
)]
pub trait Backend: 'static {
    /// What statements run on.
    type Connection<'c>: Send;

    /// The same connection for a while.
    #[doc(hidden)]
    fn reborrow<'s>(connection: &'s mut Self::Connection<'_>) -> Self::Connection<'s>;

    /// Sets a mark within a transaction: a savepoint.
    #[doc(hidden)]
    fn mark(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>>;

    /// Takes back everything since the last mark, and the mark.
    #[doc(hidden)]
    fn back(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>>;

    /// Takes away the last mark, and nothing else.
    #[doc(hidden)]
    fn forget(db: Self::Connection<'_>) -> BoxFuture<'_, Result<(), BoxError>>;
}

/// A factory whose rows can be made on any thread.
pub trait Mobile: Record<Model: Send> + Send {}

#[diagnostic::do_not_recommend]
impl<F: Record<Model: Send> + Send> Mobile for F {}

/// What statements of a backend run on.
pub type Db<'c, B> = <B as Backend>::Connection<'c>;

/// Rows on their way.
pub type Making<'c, F> = BoxFuture<'c, Result<Vec<Made<F>>>>;

/// A relation or children on their way.
pub type Settling<'c> = BoxFuture<'c, Result<()>>;

/// A user's hook on its way.
pub type Hooking<'c> = BoxFuture<'c, Result<(), BoxError>>;

/// Rows that are looked for.
pub type Seeking<'c, F> = BoxFuture<'c, Result<(Sought<F>, Rows<F>)>>;

/// Nothing to wait for.
pub fn settled<'c>() -> Settling<'c> {
    Box::pin(std::future::ready(Ok(())))
}

/// How the rows of one factory get into one backend. The derive has this written for every enabled backend, by a macro
/// of this crate and without conditions: factories may point at each other in circles.
pub trait Persist<B: Backend>: Mobile {
    /// Settles the relation of one stage for all rows.
    fn parents<'c>(_stage: usize, _rows: &'c mut Rows<Self>, _db: B::Connection<'c>) -> BoxFuture<'c, Result<()>> {
        settled()
    }

    /// Writes rows that are filled.
    fn insert<'c>(rows: Rows<Self>, db: B::Connection<'c>, want: Want) -> BoxFuture<'c, Result<Vec<Made<Self>>>>
    where
        Self: 'c;

    /// Writes rows that are filled, and does what has to follow: hooks, children.
    fn store<'c>(rows: Rows<Self>, db: B::Connection<'c>, want: Want) -> BoxFuture<'c, Result<Vec<Made<Self>>>>
    where
        Self: 'c,
    {
        Self::insert(rows, db, want)
    }

    /// Makes the children of one kind for all rows.
    fn children<'c>(_index: usize, _brood: Brood<'_, Self>, _db: B::Connection<'c>) -> BoxFuture<'c, Result<()>>
    where
        Self: 'c,
    {
        Box::pin(std::future::ready(Ok(())))
    }

    /// Runs what the user does after a row was created.
    fn hook<'c>(self, _model: &'c mut Self::Model, _db: B::Connection<'c>) -> BoxFuture<'c, Result<(), BoxError>>
    where
        Self: 'c,
    {
        Box::pin(std::future::ready(Ok(())))
    }

    /// Looks for rows that are there already: the model of each that is, the draft of each that is not.
    fn find<'c>(rows: Rows<Self>, _db: B::Connection<'c>) -> BoxFuture<'c, Result<Vec<Made<Self>>>>
    where
        Self: 'c,
    {
        Box::pin(std::future::ready(Ok(rows.into_drafts().into_iter().map(Made::Draft).collect())))
    }

    /// Sorts a batch into what is there already and what has to be made.
    fn seek<'c>(rows: Rows<Self>, _db: B::Connection<'c>) -> BoxFuture<'c, Result<(Sought<Self>, Rows<Self>)>>
    where
        Self: 'c,
    {
        let twins = rows.frame().rows(Vec::new(), Vec::new());
        let sought = Sought { found: Vec::new(), twins, firsts: Vec::new(), open: Vec::new() };
        Box::pin(std::future::ready(Ok((sought, rows))))
    }

    /// Puts what was there already beside what was made, in the order asked for.
    fn gather<'c>(
        _sought: Sought<Self>,
        made: Vec<Made<Self>>,
        _db: B::Connection<'c>,
    ) -> BoxFuture<'c, Result<Vec<Made<Self>>>>
    where
        Self: 'c,
    {
        Box::pin(std::future::ready(Ok(made)))
    }
}

/// The way of a batch, from its first attribute to its last child: that of every factory.
pub trait Make<B: Backend>: Persist<B> {
    /// Makes rows, their parents first.
    fn make<'c>(rows: Rows<Self>, db: B::Connection<'c>, want: Want) -> Making<'c, Self>
    where
        Self: 'c;
}

/// A backend that can write the rows of `F`, given nothing but what `F` says of its columns.
pub trait Insert<F: Record>: Backend {
    /// Writes rows that are filled.
    fn insert<'c>(rows: Rows<F>, db: Self::Connection<'c>, want: Want) -> BoxFuture<'c, Result<Vec<Made<F>>>>
    where
        F: 'c;

    /// Looks for rows by the values of these columns: the model of each that is there, the draft of each that is not.
    fn find<'c>(
        rows: Rows<F>,
        columns: &'static [&'static str],
        db: Self::Connection<'c>,
    ) -> BoxFuture<'c, Result<Vec<Made<F>>>>
    where
        F: 'c;
}

/// Factories whose rows a backend can store by themselves.
///
/// ```
/// use manufactory::Factory;
/// use manufactory::persist::{Create, Handle};
/// # use manufactory::Memory;
///
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// /// The first of two rows of any factory.
/// fn two<'h, F, D>(factory: F, db: D) -> D::Output<Vec<F::Model>>
/// where
///     D: Handle<'h>,
///     F: Factory + Create<D::Backend> + 'h,
/// {
///     factory.create_batch(db, 2)
/// }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// assert_eq!(two(User::factory(), &mut Memory::new()).await?.len(), 2);
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
#[diagnostic::on_unimplemented(
    message = "the rows of `{Self}` cannot be created in `{B}`",
    label = "not for this database",
    note = "a model says where it is stored: `table = \"..\"` for sqlx and SeaORM, `table = schema::users` for Diesel, and nowhere \
            but `on(..)` if it has that; it has to be `Send`, and for a store to borrow nothing"
)]
pub trait Create<B: Backend>: Make<B> {}

/// A backend that creates rows of models that have no table. A factory of such a model is [`Create`] for every backend
/// that says so: if it were for that backend alone, rustc would conclude that this is the one that is meant.
#[diagnostic::on_unimplemented(
    message = "`{F}` has no table to create its rows in",
    label = "the model of `{F}` has no table",
    note = "say which one on the model: `#[factory(table = \"..\")]`; without a table it can be built in memory, or created in a `Store`"
)]
pub trait NeedsNoTable<F> {}

/// The rows of a factory in one backend. The inherent method serves columns that can be stored there; where they cannot,
/// rustc says so at the column, and method lookup falls back to [`Unstorable`], so that it says it once.
#[derive(Debug)]
pub struct Storing<F, B>(PhantomData<fn() -> (F, B)>);

impl<F, B> Storing<F, B> {
    /// Those of this factory.
    #[expect(clippy::new_without_default, reason = "there is nothing in it")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<F: Record, B: Insert<F>> Storing<F, B> {
    /// Writes rows that are filled.
    #[inline]
    pub fn insert<'c>(self, rows: Rows<F>, db: B::Connection<'c>, want: Want) -> BoxFuture<'c, Result<Vec<Made<F>>>>
    where
        F: 'c,
    {
        B::insert(rows, db, want)
    }
}

/// Stands in for rows that cannot be stored. Never called: what leads here does not compile.
pub trait Unstorable<F: Record, B: Backend>: Sized {
    /// Fails.
    fn insert(self, _: Rows<F>, _: B::Connection<'_>, _: Want) -> BoxFuture<'_, Result<Vec<Made<F>>>> {
        Box::pin(async { Err(Error::new(Stage::Insert, F::NAME, BoxError::from("its columns cannot be stored"))) })
    }
}

impl<F: Record, B: Backend> Unstorable<F, B> for Storing<F, B> {}

/// What can be passed as `db`: a pool, a connection, a transaction, or `&mut` a [`Store`](crate::Store).
///
/// ```
/// use manufactory::Factory;
/// use manufactory::persist::{Create, Handle};
/// # use manufactory::Memory;
///
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// /// A helper of the tests' own, for a pool, a connection, a transaction or a store.
/// fn alice<'h, D>(db: D) -> D::Output<User>
/// where
///     D: Handle<'h>,
///     UserFactory: Create<D::Backend>,
/// {
///     User::factory().username("alice").create(db)
/// }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// assert_eq!(alice(&mut Memory::new()).await?.username, "alice");
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that rows can be created in",
    label = "not a database handle",
    note = "pass `&pool`, `&mut connection`, `&mut transaction`, with SeaORM `&db`, or `&mut` a type that implements `manufactory::Store`; the feature of its database has to be enabled"
)]
pub trait Handle<'h>: Sized {
    /// The backend behind it.
    type Backend: Backend;

    /// A future, or with a synchronous library a `Result`.
    type Output<T: Send + 'h>: Outcome<T>;

    /// Runs a call: all of it, or nothing.
    #[doc(hidden)]
    fn run<F, T>(self, call: Call<F>, finish: Finish<F, T>) -> Self::Output<T>
    where
        F: Create<Self::Backend> + 'h,
        T: Send + 'h;

    /// Does some work, and takes back all that it has written: always, also when it fails, panics or is dropped.
    #[doc(hidden)]
    fn rehearse<W>(self, work: W) -> Self::Output<W::Output>
    where
        W: Work<Self::Backend, Output: 'h> + 'h;
}

/// Turns the models of a call into what it gives back.
pub type Finish<F, T> = fn(Vec<<F as Record>::Model>, &Ledger) -> Option<T>;

/// What a [`Handle`] gives back, synchronous or not.
pub trait Outcome<T> {
    /// The same as a future.
    fn settle(self) -> impl Future<Output = Result<T>>;
}

impl<T> Outcome<T> for BoxFuture<'_, Result<T>> {
    fn settle(self) -> impl Future<Output = Result<T>> {
        self
    }
}

impl<T> Outcome<T> for Result<T> {
    fn settle(self) -> impl Future<Output = Result<T>> {
        std::future::ready(self)
    }
}

/// One call of `create`: its rows, and the session in which it was made.
#[derive(Debug)]
pub struct Call<F> {
    rows: Result<Vec<F>>,
    session: Session,
    ledger: Ledger,
    hooks: u32,
}

impl<F: Record> Call<F> {
    /// A call in the current session.
    pub fn new(rows: Result<Vec<F>>) -> Self {
        Self::of(rows, Ledger::of_call())
    }

    /// The same, which remembers everything that it makes.
    pub(crate) fn with_tree(rows: Result<Vec<F>>) -> Self {
        Self::of(rows, Ledger::with_tree())
    }

    fn of(rows: Result<Vec<F>>, ledger: Ledger) -> Self {
        Self { rows, session: Session::current(), ledger, hooks: depth() }
    }

    /// All models, as they are.
    #[expect(clippy::unnecessary_wraps, reason = "one of the ways to finish, some of which fail")]
    pub(crate) fn all(models: Vec<F::Model>, _: &Ledger) -> Option<Vec<F::Model>> {
        Some(models)
    }

    /// The only model.
    pub(crate) fn first(models: Vec<F::Model>, _: &Ledger) -> Option<F::Model> {
        models.into_iter().next()
    }

    /// Its rows.
    ///
    /// # Errors
    /// The rows could not be made of one template.
    pub fn rows(self) -> Result<Rows<F>> {
        Ok(Rows::new(self.rows?, Scope::new(self.session, self.ledger, self.hooks)))
    }
}

/// Makes the rows of a call on a connection, and gives back what the call has noted beside their models; the transaction
/// around them is the caller's part.
///
/// # Errors
/// What the backend refuses, with the whole path.
pub(crate) async fn models<'c, F, B>(rows: Rows<F>, db: B::Connection<'c>) -> Result<(Vec<F::Model>, Arc<Ledger>)>
where
    F: Make<B> + 'c,
    B: Backend,
{
    let (expected, ledger) = (rows.len(), Arc::clone(rows.scope().ledger()));
    let made =
        trace::call(F::NAME, expected, F::make(rows, db, Want::Models)).await.map_err(|error| error.within(F::NAME))?;
    // Loops instead of adapters, here and where the same is done for every factory: less to compile for each of them.
    let mut models = Vec::with_capacity(expected);
    for made in made {
        models.extend(made.into_model());
    }
    if models.len() != expected {
        return Err(missing::<F>());
    }
    if let Some(rule) = ledger.pools().unused() {
        return Err(Error::new(Stage::Resolve, F::NAME, unused(rule)));
    }
    Ok((models, ledger))
}

/// Why a sharing is refused that nothing uses.
pub(crate) fn unused(rule: &str) -> String {
    format!("nothing here uses {rule}: no relation without a parent of its own wants one; leave it out")
}
