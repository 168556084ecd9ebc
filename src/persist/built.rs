//! The short calls of which the derive makes a row's way into a sink and out of a source; and the way of a row that is only
//! built. Knows no backend.

use super::{Read, Record, Sink, Source};
use crate::error::{BoxError, Error, Result, Stage};

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

/// Gives back what was written.
#[derive(Debug)]
pub struct Written;

impl<T> Source<T> for Written {
    #[inline]
    fn take(&mut self, column: &'static str, written: Option<T>) -> Result<T> {
        written.ok_or_else(|| unfilled(column))
    }
}

#[cold]
fn unfilled(column: &'static str) -> Error {
    Error::new(Stage::Read, column, BoxError::from("it was not filled"))
}

/// The model of a row that is filled.
#[inline]
pub fn built<F: Read<Written>>(row: F) -> F::Model {
    match row.read(&mut Written) {
        Ok(model) => model,
        Err(error) => unreachable!("a row is filled before it is finished; this is a bug in manufactory: {error:?}"),
    }
}

/// The model of a factory.
pub type Model<F> = <F as Record>::Model;

/// A record's columns as an error shows them.
pub type Described = Vec<(&'static str, String)>;
