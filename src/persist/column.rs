//! The short calls of which the derive makes a row's way into a sink and out of a source. Knows no backend.

use super::{Record, Shown, Sink, Source};
use crate::error::Result;

/// Puts a value, if there is one.
#[inline]
pub fn put<S: Sink<T> + ?Sized, T>(sink: &mut S, column: &'static str, value: Option<&T>) {
    if let Some(value) = value {
        sink.put(column, value);
    }
}

/// Takes a value.
///
/// # Errors
/// What the source fails with.
#[inline]
pub fn take<S: Source<T> + ?Sized, T>(source: &mut S, column: &'static str, written: Option<T>) -> Result<T> {
    source.take(column, written)
}

/// Puts a key that the database has assigned into its slot; `false` where it does not fit.
pub fn assign<T>(slot: &mut Option<T>, key: Option<T>) -> bool {
    let fits = key.is_some();
    if fits {
        *slot = key;
    }
    fits
}

/// The model of a factory.
pub type Model<F> = <F as Record>::Model;

/// A record's columns as an error shows them.
pub type Described = Vec<(&'static str, Shown)>;
