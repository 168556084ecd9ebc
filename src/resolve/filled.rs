//! Slots after they were filled: the derive has put everything in order, so what is read here is there.

use super::{Draft, Link};
use crate::persist::{Made, Record};

/// The larger number of generations. For constants.
pub const fn deeper(a: usize, b: usize) -> usize {
    if a > b { a } else { b }
}

/// What is in a slot.
#[inline]
pub fn filled<T>(slot: &Option<T>) -> &T {
    match slot {
        Some(value) => value,
        None => unfilled(),
    }
}

/// What is in a slot, taken out.
#[inline]
pub fn taken<T>(slot: Option<T>) -> T {
    match slot {
        Some(value) => value,
        None => unfilled(),
    }
}

/// What is in the slot of a parent that is always there.
#[inline]
pub fn held<F: Draft, V>(link: &Link<F, V>) -> &V {
    match link.set() {
        Some(parent) => parent,
        None => unfilled(),
    }
}

/// The model of a parent that was made in full.
#[inline]
pub fn made_model<F: Record>(made: Made<F>) -> F::Model {
    taken(made.into_model())
}

/// A copy of what is there.
#[inline]
pub fn cloned<T: Clone>(value: Option<&T>) -> Option<T> {
    value.cloned()
}

#[cold]
fn unfilled() -> ! {
    unreachable!("a slot is filled in the stage before it is read; this is a bug in manufactory")
}

/// A slot above a weaker one.
pub trait Under {
    /// This slot where something was said, else `weaker`.
    fn under(self, weaker: Self) -> Self;
}

impl<T> Under for Option<T> {
    #[inline]
    fn under(self, weaker: Self) -> Self {
        self.or(weaker)
    }
}

impl<F: Draft, V> Under for Link<F, V> {
    fn under(self, weaker: Self) -> Self {
        match (self, weaker) {
            (Self::Unset, weaker) => weaker,
            (Self::Make(strong), Self::Make(weak) | Self::Changed(weak))
            | (Self::Changed(strong), Self::Make(weak)) => Self::Make(Box::new(strong.under(*weak))),
            (Self::Changed(strong), Self::Changed(weak)) => Self::Changed(Box::new(strong.under(*weak))),
            (strong, _) => strong,
        }
    }
}
