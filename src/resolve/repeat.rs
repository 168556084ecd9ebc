//! One factory for several rows: copies what was overridden. A type that is not `Clone` is no hindrance until it is
//! overridden once for many rows, so the choice is made slot by slot.

use super::{Draft, Link};
use crate::error::{Error, Stage};

/// An override that cannot serve several rows, because its type is not `Clone`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unrepeatable {
    attribute: &'static str,
}

impl Unrepeatable {
    /// The error of the factory whose attribute this is.
    pub(crate) fn of<F: Draft>(self) -> Error {
        let Self { attribute } = self;
        let why = format!(
            "`{attribute}` was given once and its type is not `Clone`; derive `Clone` for it, or give every row its own \
             with `.times(n).each(|_, factory| factory.{attribute}(..))`"
        );
        Error::new(Stage::Repeat, F::NAME, why).attribute(attribute)
    }
}

/// A copy of a factory.
///
/// # Panics
/// A parent's factory in it has an override whose type is not `Clone`.
pub fn forked<F: Draft>(factory: &F) -> F {
    match factory.fork() {
        Ok(copy) => copy,
        Err(error) => panic!("{:?}", error.of::<F>()),
    }
}

/// A slot to be copied, and the attribute's name. The inherent `fork` serves types that are `Clone`; for all others
/// method lookup falls back to [`ForkUnset`].
#[derive(Debug)]
pub struct Fork<'a, S>(pub &'a S, pub &'static str);

/// Copies a slot that nobody filled.
pub trait ForkUnset<S> {
    /// The same slot, empty.
    ///
    /// # Errors
    /// The slot is filled.
    fn fork(self) -> Result<S, Unrepeatable>;
}

impl<T: Clone> Fork<'_, Option<T>> {
    /// The same slot.
    ///
    /// # Errors
    /// None: the twin for types that are not `Clone` has some.
    #[inline]
    pub fn fork(self) -> Result<Option<T>, Unrepeatable> {
        Ok(self.0.clone())
    }
}

impl<T> ForkUnset<Option<T>> for Fork<'_, Option<T>> {
    fn fork(self) -> Result<Option<T>, Unrepeatable> {
        match self.0 {
            None => Ok(None),
            Some(_) => Err(Unrepeatable { attribute: self.1 }),
        }
    }
}

impl<F: Draft, V: Clone> Fork<'_, Link<F, V>> {
    /// The same slot.
    ///
    /// # Errors
    /// The parent's factory has an override that cannot be repeated.
    #[inline]
    pub fn fork(self) -> Result<Link<F, V>, Unrepeatable> {
        Ok(match self.0 {
            Link::Unset => Link::Unset,
            Link::Absent => Link::Absent,
            Link::Make(factory) => Link::Make(Box::new(factory.fork()?)),
            Link::Set(parent) => Link::Set(parent.clone()),
        })
    }
}

impl<F: Draft, V> ForkUnset<Link<F, V>> for Fork<'_, Link<F, V>> {
    fn fork(self) -> Result<Link<F, V>, Unrepeatable> {
        Ok(match self.0 {
            Link::Unset => Link::Unset,
            Link::Absent => Link::Absent,
            Link::Make(factory) => Link::Make(Box::new(factory.fork()?)),
            Link::Set(_) => return Err(Unrepeatable { attribute: self.1 }),
        })
    }
}
