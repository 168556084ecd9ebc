//! What the derive has written for seeding: where a factory's rows can go. Knows no plan.

use super::files::{Shape, ShapeSink};
use super::wiring::Wiring;
use crate::error::{BoxError, Error, Result, Stage};
use crate::factory::Factory;
use crate::persist::sql::engine::{Engine, Stored, Table};
use crate::persist::{BoxFuture, Create, Insert, Mobile, Persist, Row as Writes, Rows, Store, Stores, Values, Want};
use std::any::{Any, TypeId};
use std::fmt;
use std::marker::PhantomData;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

/// A factory whose rows can be seeded. Written by the derive, for models that borrow nothing.
#[diagnostic::on_unimplemented(
    message = "the rows of `{Self}` cannot be seeded",
    label = "not a factory that a plan takes",
    note = "a plan takes factories of models that borrow nothing; name the factory, not the model: `User::factory()`"
)]
pub trait Seeds: Factory + Mobile + 'static {
    /// Settles the relation of a stage, where nobody has said anything of it.
    ///
    /// # Errors
    /// There are no rows to draw its parents from.
    #[doc(hidden)]
    fn wire(&mut self, _stage: usize, _wiring: &mut Wiring<'_>) -> Result<()> {
        Ok(())
    }

    /// Everywhere its rows can go.
    #[doc(hidden)]
    fn targets(_: &mut Targets<Self>);
}

/// Everywhere that the rows of a factory can go.
pub struct Targets<F> {
    backends: Vec<(TypeId, Box<dyn Any + Send + Sync>)>,
    offline: Option<Offline<F>>,
}

/// What can be done with a row without a database.
pub(super) struct Offline<F> {
    /// Settles what is held as a whole, and refuses other parents.
    pub(super) parents: fn(usize, &mut Rows<F>, &mut dyn Store) -> Result<()>,
    pub(super) values: fn(&F) -> Values,
    pub(super) shape: fn(&[F]) -> Result<Shape, BoxError>,
    pub(super) store: fn(Rows<F>, &mut dyn Store) -> BoxFuture<'_, Result<()>>,
}

impl<F> Clone for Offline<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Offline<F> {}

impl<F: Seeds> Targets<F> {
    pub(super) fn all() -> Self {
        let mut targets = Self { backends: Vec::new(), offline: None };
        F::targets(&mut targets);
        targets
    }

    pub(super) fn offline(&self) -> Option<Offline<F>> {
        self.offline
    }

    /// Adds a writer, before all others.
    #[allow(dead_code, reason = "only one backend has two")]
    pub(super) fn prefer<B: Engine>(&mut self, writer: Box<dyn Writer<B>>) {
        self.backends.insert(0, (TypeId::of::<B>(), Box::new(writer)));
    }

    /// What writes into a backend: `Box<dyn Writer<B>>`.
    pub(super) fn erased(&self, backend: TypeId) -> Option<&(dyn Any + Send + Sync)> {
        self.backends.iter().find(|(known, _)| *known == backend).map(|(_, writer)| &**writer)
    }
}

impl<F> fmt::Debug for Targets<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Targets").field("backends", &self.backends.len()).finish_non_exhaustive()
    }
}

/// Rows whose factory nobody has to know: `Rows<F>`.
pub(super) type Chunk = Box<dyn Any + Send>;

/// What a writer has found out of its table.
pub(super) type Known = Arc<dyn Any + Send + Sync>;

/// What writes the rows of a factory into a database.
pub(super) trait Writer<B: Engine>: Send + Sync {
    /// Its table.
    fn table(&self) -> Table;

    /// The names of its columns.
    fn columns(&self) -> Vec<&'static str>;

    /// Looks at the table, where that helps; given one row of those that are to be written.
    fn look<'c>(&self, _sample: Chunk, _db: B::Connection<'c>) -> BoxFuture<'c, Result<Option<Known>>> {
        Box::pin(std::future::ready(Ok(None)))
    }

    /// Does what can be done without the database, on any thread.
    ///
    /// # Errors
    /// A value has no form that the database takes.
    fn prepare(&self, chunk: Chunk, _known: Option<&Known>) -> Result<Chunk> {
        Ok(chunk)
    }

    /// Writes rows that are filled, with what follows each: hooks, children.
    fn write<'c>(&self, chunk: Chunk, known: Option<&Known>, db: B::Connection<'c>) -> BoxFuture<'c, Result<()>>;

    /// Looks for rows: gives those as models that are there, `F::Model`, and `None` for those that are not.
    fn find<'c>(
        &self,
        chunk: Chunk,
        columns: &'static [&'static str],
        db: B::Connection<'c>,
    ) -> BoxFuture<'c, Result<Vec<Option<Chunk>>>>;
}

/// Writes as `create` does.
pub(super) struct Inserts<F>(PhantomData<fn() -> F>);

impl<F> Inserts<F> {
    pub(super) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<F, B> Writer<B> for Inserts<F>
where
    F: Seeds + Create<B> + Stored<B>,
    F::Model: 'static,
    B: Engine + Insert<F>,
{
    fn table(&self) -> Table {
        <F as Stored<B>>::table()
    }

    fn columns(&self) -> Vec<&'static str> {
        F::COLUMNS.iter().map(<F as Stored<B>>::column).collect()
    }

    fn write<'c>(&self, chunk: Chunk, _: Option<&Known>, db: B::Connection<'c>) -> BoxFuture<'c, Result<()>> {
        let Ok(rows) = chunk.downcast::<Rows<F>>() else { return Box::pin(std::future::ready(Ok(()))) };
        let made = <F as Persist<B>>::store(*rows, db, Want::Keys);
        Box::pin(async move { made.await.map(drop) })
    }

    fn find<'c>(
        &self,
        chunk: Chunk,
        columns: &'static [&'static str],
        db: B::Connection<'c>,
    ) -> BoxFuture<'c, Result<Vec<Option<Chunk>>>> {
        let Ok(rows) = chunk.downcast::<Rows<F>>() else { return Box::pin(std::future::ready(Ok(Vec::new()))) };
        Box::pin(async move {
            let found = B::find(*rows, columns, db).await?;
            Ok(found.into_iter().map(|made| made.into_model().map(|model| Box::new(model) as Chunk)).collect())
        })
    }
}

/// One way for the rows of a factory to go. The inherent methods serve factories that can go it; where they cannot, method
/// lookup falls back to [`NoTarget`].
pub struct Target<F, B>(PhantomData<fn() -> (F, B)>);

impl<F, B> Target<F, B> {
    /// That of this factory, in this backend.
    #[expect(clippy::new_without_default, reason = "there is nothing in it")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<F, B> fmt::Debug for Target<F, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Target")
    }
}

impl<F, B> Target<F, B>
where
    F: Seeds + Create<B> + Stored<B>,
    F::Model: 'static,
    B: Engine + Insert<F>,
{
    /// Adds it.
    pub fn add(self, targets: &mut Targets<F>) {
        let writer: Box<dyn Writer<B>> = Box::new(Inserts::<F>::new());
        targets.backends.push((TypeId::of::<B>(), Box::new(writer)));
    }
}

impl<F> Target<F, Stores>
where
    F: Seeds + Create<Stores> + Writes<Values> + Writes<ShapeSink>,
{
    /// Adds what needs no database.
    pub fn offline(self, targets: &mut Targets<F>) {
        targets.offline = Some(Offline {
            parents: |stage, rows, store| {
                // A store that waits for nothing is ready at once.
                match pin!(F::parents(stage, rows, store)).poll(&mut Context::from_waker(Waker::noop())) {
                    Poll::Ready(settled) => settled,
                    Poll::Pending => Err(Error::new(Stage::Resolve, F::NAME, "its parents wait for something")),
                }
            },
            values: |draft| {
                let mut values = Values::of::<F>();
                draft.write(&mut values);
                values
            },
            shape: |drafts| Shape::of(drafts.iter()),
            store: |rows, store| {
                let made = <F as Persist<Stores>>::store(rows, store, Want::Keys);
                Box::pin(async move { made.await.map(drop) })
            },
        });
    }
}

/// Where rows of a factory cannot go.
pub trait NoTarget<F>: Sized {
    /// Adds nothing.
    fn add(self, _: &mut Targets<F>) {}

    /// Adds nothing.
    fn copy(self, _: &mut Targets<F>) {}

    /// Adds nothing.
    fn offline(self, _: &mut Targets<F>) {}
}

impl<F, B> NoTarget<F> for Target<F, B> {}
