//! A model's type where a model can outlive its row: beside others, known by its type alone. Knows no factory.

use std::any::{Any, TypeId};
use std::fmt;
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

/// How models of one type are kept. Only of types that borrow nothing and are `Send`.
pub struct Kept<M> {
    factory: TypeId,
    model: TypeId,
    list: fn() -> Box<dyn Any + Send>,
    open: fn(&mut (dyn Any + Send)) -> Option<&mut Vec<M>>,
    look: fn(&(dyn Any + Send)) -> Option<&Vec<M>>,
    pool: fn(&(dyn Any + Send + Sync), &mut Look<'_, M>),
}

/// What looks at models.
type Look<'l, M> = dyn FnMut(&[M]) + 'l;

impl<M> Clone for Kept<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for Kept<M> {}

impl<M> fmt::Debug for Kept<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("model", &self.model).finish_non_exhaustive()
    }
}

impl<M: Send + 'static> Kept<M> {
    fn of<F: 'static>() -> Self {
        Self {
            factory: TypeId::of::<F>(),
            model: TypeId::of::<M>(),
            list: || Box::new(Vec::<M>::new()),
            open: |list| list.downcast_mut(),
            look: |list| list.downcast_ref(),
            pool: |pool, look| {
                if let Some(pool) = pool.downcast_ref::<Mutex<Vec<M>>>() {
                    look(&pool.lock().unwrap_or_else(PoisonError::into_inner));
                }
            },
        }
    }
}

impl<M> Kept<M> {
    /// The factory's type.
    pub(crate) fn factory(&self) -> TypeId {
        self.factory
    }

    /// The model's type.
    pub(crate) fn model(&self) -> TypeId {
        self.model
    }

    /// An empty list of models.
    pub(crate) fn list(&self) -> Box<dyn Any + Send> {
        (self.list)()
    }

    /// The models of such a list.
    pub(crate) fn open<'l>(&self, list: &'l mut (dyn Any + Send)) -> Option<&'l mut Vec<M>> {
        (self.open)(list)
    }

    /// The same, to be looked at.
    pub(crate) fn look<'l>(&self, list: &'l (dyn Any + Send)) -> Option<&'l Vec<M>> {
        (self.look)(list)
    }

    /// Looks at the models that are recycled.
    pub(crate) fn pool<R>(&self, pool: &(dyn Any + Send + Sync), look: impl FnOnce(&[M]) -> R) -> Option<R> {
        let (mut look, mut seen) = (Some(look), None);
        (self.pool)(pool, &mut |models| seen = look.take().map(|look| look(models)));
        seen
    }
}

/// A factory and its model. The inherent method serves those that can be kept; for all others method lookup falls back to
/// [`Lose`].
#[derive(Debug)]
pub struct Keep<F, M>(PhantomData<fn() -> (F, M)>);

impl<F, M> Keep<F, M> {
    /// Those of this factory.
    #[expect(clippy::new_without_default, reason = "there is nothing in it")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<F: 'static, M: Send + 'static> Keep<F, M> {
    /// How they are kept.
    pub fn kept(self) -> Option<Kept<M>> {
        Some(Kept::of::<F>())
    }
}

/// Models that cannot be kept.
pub trait Lose<M>: Sized {
    /// Not at all.
    fn kept(self) -> Option<Kept<M>> {
        None
    }
}

impl<F, M> Lose<M> for Keep<F, M> {}
