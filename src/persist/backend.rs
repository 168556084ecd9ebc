//! What a backend is to the algorithm above it, and what a caller passes as `db`.

use super::{Made, Record, Rows, Want};
use crate::error::{BoxError, Error, Result, Stage};
use crate::session::Session;
use std::marker::PhantomData;
use std::pin::Pin;

/// A boxed future, `Send`.
pub type BoxFuture<'c, T> = Pin<Box<dyn Future<Output = T> + Send + 'c>>;

/// One database through one library, or the users' own stores.
pub trait Backend: 'static {
    /// What statements run on.
    type Connection<'c>: Send;

    /// The same connection for a while.
    fn reborrow<'s>(connection: &'s mut Self::Connection<'_>) -> Self::Connection<'s>;
}

/// How the rows of one factory get into one backend. The derive has this written for every enabled backend, by a macro
/// of this crate and without conditions: factories may point at each other in circles.
pub trait Persist<B: Backend>: Record<Model: Send> + Send {
    /// Makes rows, their parents first.
    fn make<'c>(rows: Rows<Self>, db: B::Connection<'c>, want: Want) -> BoxFuture<'c, Result<Vec<Made<Self>>>>
    where
        Self: 'c;

    /// Settles the relation of one stage for all rows.
    fn parents<'c>(stage: usize, rows: &'c mut Rows<Self>, db: B::Connection<'c>) -> BoxFuture<'c, Result<()>>
    where
        Self: 'c;

    /// Writes rows that are filled.
    fn insert<'c>(rows: Rows<Self>, db: B::Connection<'c>, want: Want) -> BoxFuture<'c, Result<Vec<Made<Self>>>>
    where
        Self: 'c;
}

/// A backend that can write the rows of `F`, given nothing but what `F` says of its columns.
pub trait Insert<F: Record>: Backend {
    /// Writes rows that are filled.
    fn insert<'c>(rows: Rows<F>, db: Self::Connection<'c>, want: Want) -> BoxFuture<'c, Result<Vec<Made<F>>>>
    where
        F: 'c;
}

/// Factories whose rows a backend can store by themselves.
#[diagnostic::on_unimplemented(
    message = "the rows of `{Self}` cannot be created in `{B}`",
    label = "not for this database",
    note = "its model has to say which table it has, `#[factory(table = \"..\")]`, and a store takes only models that borrow nothing"
)]
pub trait Create<B: Backend>: Persist<B> {}

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
#[diagnostic::on_unimplemented(
    message = "`{Self}` is nothing that rows can be created in",
    label = "not a database handle",
    note = "pass `&pool`, `&mut connection`, `&mut transaction`, or `&mut` a type that implements `manufactory::Store`; the feature of its database has to be enabled"
)]
pub trait Handle<'h>: Sized {
    /// The backend behind it.
    type Backend: Backend;

    /// A future, or with a synchronous library a `Result`.
    type Output<T: Send + 'h>: Outcome<T>;

    /// Runs a call: all of it, or nothing.
    fn run<F, T>(self, call: Call<F>, finish: Finish<F, T>) -> Self::Output<T>
    where
        F: Create<Self::Backend> + 'h,
        T: Send + 'h;
}

/// Turns the models of a call into what it gives back.
pub type Finish<F, T> = fn(Vec<<F as Record>::Model>) -> Option<T>;

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
}

impl<F: Record> Call<F> {
    /// A call in the current session.
    pub fn new(rows: Result<Vec<F>>) -> Self {
        Self { rows, session: Session::current() }
    }

    /// All models, as they are.
    pub fn all(models: Vec<F::Model>) -> Option<Vec<F::Model>> {
        Some(models)
    }

    /// The only model.
    pub fn first(models: Vec<F::Model>) -> Option<F::Model> {
        models.into_iter().next()
    }

    /// Its rows.
    ///
    /// # Errors
    /// The rows could not be made of one template.
    pub fn rows(self) -> Result<Rows<F>> {
        Ok(Rows::new(self.rows?, self.session))
    }
}

/// Makes the rows of a call on a connection; the transaction around them is the caller's part.
///
/// # Errors
/// What the backend refuses, with the whole path.
pub(crate) async fn run<'c, F, B, T>(rows: Rows<F>, db: B::Connection<'c>, finish: Finish<F, T>) -> Result<T>
where
    F: Persist<B> + 'c,
    B: Backend,
{
    let missing = || -> Error {
        let why: BoxError = "fewer rows came back than were written".into();
        Error::new(Stage::Read, F::NAME, why)
    };
    let expected = rows.len();
    let made = F::make(rows, db, Want::Models).await.map_err(|error| error.within(F::NAME))?;
    let models: Vec<_> = made.into_iter().filter_map(Made::into_model).collect();
    if models.len() != expected {
        return Err(missing());
    }
    finish(models).ok_or_else(missing)
}
