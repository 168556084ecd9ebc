//! The slot of a parent: untouched, absent, to be made, or there. What the caller may put into it.

use super::Draft;
use std::borrow::Borrow;

/// The slot of one relation. `V` is what the row needs of the parent: its key, or the whole model where an attribute
/// reads it or the field holds it.
#[derive(Debug)]
pub enum Link<F, V> {
    /// Nothing was said: the declaration decides.
    Unset,
    /// There is no parent.
    Absent,
    /// This factory makes the parent.
    Make(Box<F>),
    /// The parent, or its key.
    Set(V),
}

impl<F: Draft, V> Link<F, V> {
    /// Whether nothing was said.
    #[inline]
    pub fn is_unset(&self) -> bool {
        matches!(self, Self::Unset)
    }

    /// The factory of a parent that has to be made: the caller's above `weaker`, the declared one.
    #[inline]
    pub fn order(&mut self, weaker: F) -> F {
        if let Self::Make(_) = self { self.made_above(weaker) } else { weaker }
    }

    #[cold]
    fn made_above(&mut self, weaker: F) -> F {
        match std::mem::replace(self, Self::Unset) {
            Self::Make(factory) => factory.under(weaker),
            _ => weaker,
        }
    }

    /// Changes the factory that makes the parent; a parent that was given makes way for it.
    pub fn change(&mut self, change: impl FnOnce(F) -> F) {
        let factory = match std::mem::replace(self, Self::Unset) {
            Self::Make(factory) => *factory,
            Self::Unset | Self::Absent | Self::Set(_) => F::empty(),
        };
        *self = Self::Make(Box::new(change(factory)));
    }

    /// What is there, if anything.
    #[inline]
    pub fn set(&self) -> Option<&V> {
        match self {
            Self::Set(parent) => Some(parent),
            _ => None,
        }
    }

    /// What is there, taken out.
    #[inline]
    pub fn into_set(self) -> Option<V> {
        match self {
            Self::Set(parent) => Some(parent),
            _ => None,
        }
    }

    /// Whether making this row may have to make the parent first.
    #[inline]
    pub fn is_open(&self, default: bool) -> bool {
        match self {
            Self::Unset => default,
            Self::Make(_) => true,
            Self::Absent | Self::Set(_) => false,
        }
    }
}

/// What a relation's setter takes: the factory that makes the parent, or a reference to the parent's model.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no parent that `{F}` makes",
    label = "expected `{F}` or a reference to its model",
    note = "pass the factory (`.author(User::factory())`) or an existing model by reference (`.author(&user)`)"
)]
pub trait IntoParent<F: Draft> {
    /// How the model is held.
    type Model: Borrow<F::Model>;

    /// Tells the two apart.
    fn into_parent(self) -> Given<F, Self::Model>;
}

/// The two things that a relation's setter takes.
#[derive(Debug)]
pub enum Given<F, M> {
    /// A factory to make the parent with.
    Factory(F),
    /// The parent.
    Model(M),
}

/// A model to keep: the model itself, or a clone of what a reference points at.
#[diagnostic::on_unimplemented(
    message = "`{M}` has to be cloned here, and is not `Clone`",
    note = "another attribute reads this parent, or the field holds it: derive `Clone` for `{M}`, or pass the factory that makes it"
)]
pub trait IntoModel<M> {
    /// The model.
    fn into_model(self) -> M;
}

impl<M> IntoModel<M> for M {
    #[inline]
    fn into_model(self) -> M {
        self
    }
}

impl<M: Clone> IntoModel<M> for &M {
    #[inline]
    fn into_model(self) -> M {
        self.clone()
    }
}
