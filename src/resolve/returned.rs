//! Factories whose rows come back as another type than the one that is inserted: how the one becomes the other in memory.

use crate::persist::short;
use std::any::type_name;
use std::marker::PhantomData;

/// What was built, where a model of another type is wanted. The inherent method serves models that are `From` it; for all
/// others method lookup falls back to [`Unreturned`].
#[derive(Debug)]
pub struct Returned<B, M>(B, PhantomData<M>);

impl<B, M> Returned<B, M> {
    /// What was built.
    pub fn new(built: B) -> Self {
        Self(built, PhantomData)
    }
}

impl<B, M: From<B>> Returned<B, M> {
    /// The model.
    pub fn model(self) -> M {
        self.0.into()
    }
}

/// Models that only a database can make.
pub trait Unreturned<M>: Sized {
    /// Panics.
    ///
    /// # Panics
    /// Always: `build` has no other way to say so.
    fn model(self) -> M;
}

impl<B, M> Unreturned<M> for Returned<B, M> {
    fn model(self) -> M {
        let (built, model) = (short(type_name::<B>()), short(type_name::<M>()));
        panic!(
            "cannot build a parent: `{built}` returns `{model}`, which only a database makes of it; write \
             `impl From<{built}> for {model}`, or give the parent"
        )
    }
}
