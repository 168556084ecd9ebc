//! Columns of another type than their attribute: `as(Type)` and `json`. Knows conversions, not what they are for.

use super::{Record, Sink, Source, integer_as, record};
use crate::error::{BoxError, Error, Result, Stage};
use std::marker::PhantomData;

/// A way to store a `V` as something else.
#[diagnostic::on_unimplemented(
    message = "`{V}` cannot be stored by `{Self}`",
    label = "no way from `{V}` into a column",
    note = "`as(Type)` needs `From` or `TryFrom`, by value, from the field's type to `Type` and back, and a field that is `Clone`; \
            `json` needs `serde::Serialize` and `serde::de::DeserializeOwned`"
)]
pub trait Encoded<V> {
    /// What is stored.
    type Column;

    /// The value as it is stored.
    ///
    /// # Errors
    /// What the conversion fails with.
    fn encode(value: &V) -> Result<Self::Column, BoxError>;
}

/// The way back.
#[diagnostic::on_unimplemented(
    message = "`{V}` cannot be read back by `{Self}`",
    label = "no way from a column to `{V}`",
    note = "`as(Type)` needs `From` or `TryFrom`, by value, from the field's type to `Type` and back, and a field that is `Clone`; \
            `json` needs `serde::Serialize` and `serde::de::DeserializeOwned`"
)]
pub trait Decoded<V>: Encoded<V> {
    /// The value of a column.
    ///
    /// # Errors
    /// What the conversion fails with.
    fn decode(column: Self::Column) -> Result<V, BoxError>;
}

/// `as(T)`
#[derive(Debug)]
pub struct As<T>(PhantomData<T>);

#[diagnostic::do_not_recommend]
impl<V: Clone, T> Encoded<V> for As<T>
where
    T: TryFrom<V, Error: Into<BoxError>>,
{
    type Column = T;

    #[inline]
    fn encode(value: &V) -> Result<T, BoxError> {
        T::try_from(value.clone()).map_err(Into::into)
    }
}

#[diagnostic::do_not_recommend]
impl<V: Clone, T> Decoded<V> for As<T>
where
    T: TryFrom<V, Error: Into<BoxError>>,
    V: TryFrom<T, Error: Into<BoxError>>,
{
    #[inline]
    fn decode(column: T) -> Result<V, BoxError> {
        V::try_from(column).map_err(Into::into)
    }
}

/// What may be `None`, and is NULL then.
#[derive(Debug)]
pub struct Optional<C>(PhantomData<C>);

#[diagnostic::do_not_recommend]
impl<V, C: Encoded<V>> Encoded<Option<V>> for Optional<C> {
    type Column = Option<C::Column>;

    #[inline]
    fn encode(value: &Option<V>) -> Result<Self::Column, BoxError> {
        value.as_ref().map(C::encode).transpose()
    }
}

#[diagnostic::do_not_recommend]
impl<V, C: Decoded<V>> Decoded<Option<V>> for Optional<C> {
    #[inline]
    fn decode(column: Self::Column) -> Result<Option<V>, BoxError> {
        column.map(C::decode).transpose()
    }
}

/// Puts a converted value, or says why there is none.
#[inline]
pub fn put_as<C, V, T, S>(sink: &mut S, column: &'static str, value: Option<&V>)
where
    C: Encoded<V, Column = T>,
    S: Sink<T> + ?Sized,
{
    let Some(value) = value else { return };
    match C::encode(value) {
        Ok(value) => sink.put(column, &value),
        Err(why) => sink.refuse(column, why),
    }
}

/// Takes a value and converts it back.
///
/// # Errors
/// The source has none, or it cannot be converted.
#[inline]
pub fn take_as<F, C, V, T, S>(source: &mut S, column: &'static str, written: Option<V>) -> Result<V>
where
    F: Record,
    C: Decoded<V, Column = T>,
    S: Source<T> + ?Sized,
{
    let written = written.and_then(|value| C::encode(&value).ok());
    let value = source.take(column, written)?;
    C::decode(value).map_err(|why| {
        let why = record::unless_secret::<F>(column, why);
        Error::new(Stage::Read, F::NAME, why).attribute(F::attribute(column))
    })
}

/// A key that the database assigned, converted back. `None` where it is no integer, or does not fit.
pub fn assigned_as<C, V>(key: i64) -> Option<V>
where
    C: Decoded<V>,
    C::Column: 'static,
{
    integer_as(key).and_then(|column| C::decode(column).ok())
}
