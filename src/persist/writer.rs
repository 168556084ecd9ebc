//! Rows whose factory nobody has to know, on their way into a database, and the ways that a factory's rows have there: for
//! seeding. Knows no plan.

use super::sql::engine::{Engine, Stored, Table};
use super::{BoxFuture, Create, Insert, Persist, Rows, Want};
use crate::error::Result;
use std::any::{Any, TypeId};
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// Rows whose factory nobody has to know: `Rows<F>`.
pub(crate) type Chunk = Box<dyn Any + Send>;

/// What a writer has found out of its table.
pub(crate) type Known = Arc<dyn Any + Send + Sync>;

/// What writes the rows of a factory into a database.
pub(crate) trait Writer<B: Engine>: Send + Sync {
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
pub(crate) struct Inserts<F>(PhantomData<fn() -> F>);

impl<F> Inserts<F> {
    pub(crate) fn new() -> Self {
        Self(PhantomData)
    }
}

impl<F, B> Writer<B> for Inserts<F>
where
    F: Create<B> + Stored<B> + 'static,
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

/// What writes the rows of a factory, for each backend that they can go into.
pub struct Writers<F> {
    /// Each a `Box<dyn Writer<B>>`.
    backends: Vec<(TypeId, Box<dyn Any + Send + Sync>)>,
    factory: PhantomData<fn() -> F>,
}

impl<F> Writers<F> {
    pub(crate) fn new() -> Self {
        Self { backends: Vec::new(), factory: PhantomData }
    }

    /// One more. Of two for a backend the later one counts.
    pub(crate) fn push<B: Engine>(&mut self, writer: impl Writer<B> + 'static) {
        let writer: Box<dyn Writer<B>> = Box::new(writer);
        self.backends.push((TypeId::of::<B>(), Box::new(writer)));
    }

    /// The one for a backend, `Box<dyn Writer<B>>`.
    pub(crate) fn erased(&self, backend: TypeId) -> Option<&(dyn Any + Send + Sync)> {
        self.backends.iter().rfind(|(known, _)| *known == backend).map(|(_, writer)| &**writer)
    }
}

impl<F> fmt::Debug for Writers<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Writers").field("backends", &self.backends.len()).finish_non_exhaustive()
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
    F: Create<B> + Stored<B> + 'static,
    F::Model: 'static,
    B: Engine + Insert<F>,
{
    /// Adds it.
    pub fn add(self, writers: &mut Writers<F>) {
        writers.push::<B>(Inserts::<F>::new());
    }
}

/// Where rows of a factory cannot go.
pub trait NoTarget<F>: Sized {
    /// Adds nothing.
    fn add(self, _: &mut Writers<F>) {}

    /// Adds nothing.
    fn copy(self, _: &mut Writers<F>) {}
}

impl<F, B> NoTarget<F> for Target<F, B> {}
