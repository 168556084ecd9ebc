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

/// The copy, unless a slot of it was refused. One branch here instead of one per slot keeps the generated code short.
///
/// # Errors
/// A slot was refused.
#[inline]
pub fn unless<F>(refused: Option<Unrepeatable>, copy: F) -> Result<F, Unrepeatable> {
    match refused {
        None => Ok(copy),
        Some(error) => Err(error),
    }
}

/// A slot to be copied, and the attribute's name. The inherent `fork` serves types that are `Clone`; for all others
/// method lookup falls back to [`ForkUnset`].
#[derive(Debug)]
pub struct Fork<'a, S>(pub &'a S, pub &'static str);

/// The same for the slot of a parent. A type of its own: where rustc does not know a factory, it could not choose.
#[derive(Debug)]
pub struct ForkLink<'a, F, V>(pub &'a Link<F, V>, pub &'static str);

/// Copies a slot that nobody filled.
pub trait ForkUnset<S> {
    /// The same slot, empty; `refused` where it is filled.
    fn fork(self, refused: &mut Option<Unrepeatable>) -> S;
}

impl<T: Clone> Fork<'_, Option<T>> {
    /// The same slot.
    #[inline]
    pub fn fork(self, _: &mut Option<Unrepeatable>) -> Option<T> {
        self.0.clone()
    }
}

impl<T> ForkUnset<Option<T>> for Fork<'_, Option<T>> {
    fn fork(self, refused: &mut Option<Unrepeatable>) -> Option<T> {
        if self.0.is_some() {
            *refused = Some(Unrepeatable { attribute: self.1 });
        }
        None
    }
}

impl<F: Draft, V: Clone> ForkLink<'_, F, V> {
    /// The same slot; `refused` where the parent's factory has an override that cannot be repeated.
    #[inline]
    pub fn fork(self, refused: &mut Option<Unrepeatable>) -> Link<F, V> {
        match self.0 {
            Link::Unset => Link::Unset,
            Link::Absent => Link::Absent,
            Link::Make(factory) => made(factory, Link::Make, refused),
            Link::Changed(factory) => made(factory, Link::Changed, refused),
            Link::Among(among) => Link::Among(among.clone()),
            Link::Set(parent) => Link::Set(parent.clone()),
            Link::Clash => Link::Clash,
        }
    }
}

impl<F: Draft, V> ForkUnset<Link<F, V>> for ForkLink<'_, F, V> {
    fn fork(self, refused: &mut Option<Unrepeatable>) -> Link<F, V> {
        match self.0 {
            Link::Unset => Link::Unset,
            Link::Absent => Link::Absent,
            Link::Make(factory) => made(factory, Link::Make, refused),
            Link::Changed(factory) => made(factory, Link::Changed, refused),
            Link::Among(among) => Link::Among(among.clone()),
            Link::Clash => Link::Clash,
            Link::Set(_) => {
                *refused = Some(Unrepeatable { attribute: self.1 });
                Link::Unset
            }
        }
    }
}

fn made<F: Draft, V>(factory: &F, as_link: fn(Box<F>) -> Link<F, V>, refused: &mut Option<Unrepeatable>) -> Link<F, V> {
    match factory.fork() {
        Ok(copy) => as_link(Box::new(copy)),
        Err(error) => {
            *refused = Some(error);
            Link::Unset
        }
    }
}
