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

/// The slots of an attribute in two factories, the stronger one first, and the attribute's name: the first one that is filled
/// is copied. The inherent `fork` serves types that are `Clone`; for all others method lookup falls back to [`ForkUnset`].
#[derive(Debug)]
pub struct Fork<'a, T>(pub &'a Option<T>, pub &'a Option<T>, pub &'static str);

/// The same for the slots of a parent. A type of its own: where rustc does not know a factory, it could not choose.
#[derive(Debug)]
pub struct ForkLink<'a, F, V>(pub &'a Link<F, V>, pub &'a Link<F, V>, pub &'static str);

/// Copies slots that nobody filled.
pub trait ForkUnset<S> {
    /// An empty slot; `refused` where one of them is filled.
    fn fork(self, refused: &mut Option<Unrepeatable>) -> S;
}

impl<T: Clone> Fork<'_, T> {
    /// The slot.
    #[inline]
    pub fn fork(self, _: &mut Option<Unrepeatable>) -> Option<T> {
        self.0.as_ref().or(self.1.as_ref()).cloned()
    }
}

impl<T> ForkUnset<Option<T>> for Fork<'_, T> {
    fn fork(self, refused: &mut Option<Unrepeatable>) -> Option<T> {
        if self.0.is_some() || self.1.is_some() {
            *refused = Some(Unrepeatable { attribute: self.2 });
        }
        None
    }
}

impl<F: Draft, V: Clone> ForkLink<'_, F, V> {
    /// The slot; `refused` where the parent's factory has an override that cannot be repeated.
    #[inline]
    pub fn fork(self, refused: &mut Option<Unrepeatable>) -> Link<F, V> {
        linked(self, |parent, _| Link::Set(parent.clone()), refused)
    }
}

impl<F: Draft, V> ForkUnset<Link<F, V>> for ForkLink<'_, F, V> {
    fn fork(self, refused: &mut Option<Unrepeatable>) -> Link<F, V> {
        let attribute = self.2;
        let refuse = |_: &V, refused: &mut Option<Unrepeatable>| {
            *refused = Some(Unrepeatable { attribute });
            Link::Unset
        };
        linked(self, refuse, refused)
    }
}

/// A copy of the stronger of two slots; of factories in both, a copy of their blend.
fn linked<F: Draft, V>(
    ForkLink(strong, weak, _): ForkLink<'_, F, V>,
    parent: impl FnOnce(&V, &mut Option<Unrepeatable>) -> Link<F, V>,
    refused: &mut Option<Unrepeatable>,
) -> Link<F, V> {
    match (strong, weak) {
        (Link::Unset, Link::Unset) => Link::Unset,
        (Link::Changed(strong), Link::Changed(weak)) => Link::Changed(Box::new(strong.blend(weak, refused))),
        (Link::Make(strong), Link::Make(weak) | Link::Changed(weak)) | (Link::Changed(strong), Link::Make(weak)) => {
            Link::Make(Box::new(strong.blend(weak, refused)))
        }
        (Link::Unset, one) | (one, _) => match one {
            Link::Unset => Link::Unset,
            Link::Absent => Link::Absent,
            Link::Clash => Link::Clash,
            Link::Make(factory) => Link::Make(Box::new(factory.blend(&F::empty(), refused))),
            Link::Changed(factory) => Link::Changed(Box::new(factory.blend(&F::empty(), refused))),
            Link::Among(among) => Link::Among(among.clone()),
            Link::Set(value) => parent(value, refused),
        },
    }
}
