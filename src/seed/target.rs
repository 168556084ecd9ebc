//! What the derive has written for seeding: where a factory's rows can go. Knows no plan.

use super::files::{Shape, ShapeSink};
use super::wiring::Wiring;
use crate::error::{BoxError, Error, Result, Stage};
use crate::factory::Factory;
use crate::persist::{BoxFuture, Create, Mobile, Persist, Row as Writes, Rows, Store, Stores, Values, Want, Writers};
use std::any::{Any, TypeId};
use std::fmt;
use std::marker::PhantomData;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// A factory whose rows can be seeded. Written by the derive, for models that borrow nothing.
///
/// Code that is generic over the factories of a plan asks for it:
///
/// ```
/// # use manufactory::Factory;
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// use manufactory::seed::{Options, Plan, Seeds, Step};
///
/// /// A step called as its table is.
/// fn table<F: Seeds + Default>(plan: &mut Plan, table: &str, rows: u32) -> Step<F> {
///     plan.step(table, rows, |_| F::default())
/// }
///
/// let mut plan = Plan::new();
/// table::<UserFactory>(&mut plan, "users", 100);
/// assert_eq!(plan.outline(&Options::new())?[0].rows, 100);
/// # Ok::<(), manufactory::seed::Failure>(())
/// ```
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
    writers: Writers<F>,
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
        let mut targets = Self { writers: Writers::new(), offline: None };
        F::targets(&mut targets);
        targets
    }

    pub(super) fn offline(&self) -> Option<Offline<F>> {
        self.offline
    }

    /// The databases among them.
    #[doc(hidden)]
    pub fn writers(&mut self) -> &mut Writers<F> {
        &mut self.writers
    }

    /// What writes into a backend: `Box<dyn Writer<B>>`.
    pub(super) fn erased(&self, backend: TypeId) -> Option<&(dyn Any + Send + Sync)> {
        self.writers.erased(backend)
    }
}

impl<F> fmt::Debug for Targets<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Targets").field("writers", &self.writers).finish_non_exhaustive()
    }
}

/// The way of a factory's rows without a database. The inherent method serves factories that have it; of others method
/// lookup falls back to [`NotOffline`].
pub struct WithoutDatabase<F>(PhantomData<fn() -> F>);

impl<F> WithoutDatabase<F> {
    /// That of this factory.
    #[expect(clippy::new_without_default, reason = "there is nothing in it")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<F> fmt::Debug for WithoutDatabase<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WithoutDatabase")
    }
}

impl<F> WithoutDatabase<F>
where
    F: Seeds + Create<Stores> + Writes<Values> + Writes<ShapeSink>,
{
    /// Adds it.
    pub fn add(self, targets: &mut Targets<F>) {
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

/// A factory whose rows cannot be made without a database.
pub trait NotOffline<F>: Sized {
    /// Adds nothing.
    fn add(self, _: &mut Targets<F>) {}
}

impl<F> NotOffline<F> for WithoutDatabase<F> {}
