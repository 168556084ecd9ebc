//! Which types fit a column of a `table!`, and how their values get into it and out of it. Knows no row.

use super::{Bind, Binds, Reaches, Served};
use crate::error::{BoxError, Error, Result, Stage};
use crate::persist::{Decoded, Encoded, Record, unless_secret};
use ::diesel::backend::Backend;
use ::diesel::deserialize::{self, FromSqlRow};
use ::diesel::expression::TypedExpressionType;
use ::diesel::query_builder::AstPass;
use ::diesel::result::DeserializeFieldError;
use ::diesel::row::Row;
use ::diesel::serialize::ToSql;
use ::diesel::sql_types::{HasSqlType, IntoNullable};
use ::diesel::{Column, Expression, QueryResult};
use std::marker::PhantomData;

/// A value of an SQL type.
pub(super) struct Value<ST, T>(T, PhantomData<fn() -> ST>);

impl<ST, T> Value<ST, T> {
    pub(super) fn new(value: T) -> Self {
        Self(value, PhantomData)
    }
}

impl<DB, ST, T> Bind<DB> for Value<ST, T>
where
    DB: Backend + HasSqlType<ST>,
    T: ToSql<ST, DB>,
{
    fn put<'b>(&'b self, mut pass: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        pass.push_bind_param::<ST, T>(&self.0)
    }
}

/// A type that can be written to a column.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` does not fit the column `{C}` of the `table!`",
    label = "not what `{DB}` stores there",
    note = "take the type that Diesel has for the column's SQL type (`Option` where it is `Nullable`), or implement `ToSql` for your own, which has to be `Clone` and `Send`"
)]
pub trait Filled<C, DB: Backend> {
    /// The value, to be bound.
    fn bound<'d>(&self) -> Box<dyn Bind<DB> + Send + 'd>
    where
        Self: 'd;
}

// So that an error is about the column, not about three traits of Diesel.
#[diagnostic::do_not_recommend]
impl<C, DB, T> Filled<C, DB> for T
where
    C: Expression<SqlType: 'static>,
    DB: Backend + HasSqlType<C::SqlType> + 'static,
    T: ToSql<C::SqlType, DB> + Clone + Send,
{
    fn bound<'d>(&self) -> Box<dyn Bind<DB> + Send + 'd>
    where
        T: 'd,
    {
        Box::new(Value::<C::SqlType, T>::new(self.clone()))
    }
}

/// A column as if it could be NULL: what is only written may be an `Option`, as in structs that Diesel inserts, and says
/// by being left out that the database fills it.
#[derive(Debug)]
pub struct OrNull<C>(PhantomData<fn() -> C>);

impl<C> Expression for OrNull<C>
where
    C: Expression<SqlType: IntoNullable<Nullable: TypedExpressionType>>,
{
    type SqlType = <C::SqlType as IntoNullable>::Nullable;
}

/// A type that can be written to a column and read back from it.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` does not fit the column `{C}` of the `table!`",
    label = "not what `{DB}` stores there",
    note = "take the type that Diesel has for the column's SQL type (`Option` where it is `Nullable`), or have your own derive `AsExpression` and `FromSqlRow` and implement `ToSql` and `FromSql`; it has to be `Clone` and `Send`"
)]
pub trait Fits<C, DB: Backend>: Filled<C, DB> + Sized {
    /// The value of a row, by its place.
    ///
    /// # Errors
    /// It is something else.
    fn loaded<'a, R: Row<'a, DB>>(row: &R, place: usize) -> deserialize::Result<Self>;
}

#[diagnostic::do_not_recommend]
impl<C, DB, T> Fits<C, DB> for T
where
    C: Expression,
    DB: Backend,
    T: Filled<C, DB> + FromSqlRow<C::SqlType, DB>,
{
    fn loaded<'a, R: Row<'a, DB>>(row: &R, place: usize) -> deserialize::Result<Self> {
        T::build_from_row(&row.partial_row(place..place + 1)).map_err(|error| {
            // Which field it is our own error says.
            error.downcast::<DeserializeFieldError>().map_or_else(|error| error, |error| error.error)
        })
    }
}

/// Asks whether a type fits a column. The derive asks this of every column, so that rustc shows the one that is wrong.
pub fn fits<Conn: Reaches, C, T: Fits<C, Conn::Database>>() {}

/// The same for a column that is only written.
pub fn filled<Conn: Reaches, C, T: Filled<C, Conn::Database>>() {}

/// What a column is called in the database.
pub fn named<C: Column>() -> &'static str {
    C::NAME
}

/// Takes a value of an SQL type, whatever columns are kept.
pub fn bind_plainly<'d, ST, T, DB>(binds: &mut Binds<'d, DB>, value: T)
where
    ST: 'static,
    DB: Backend + HasSqlType<ST>,
    T: ToSql<ST, DB> + Send + 'd,
{
    binds.push(Box::new(Value::<ST, T>::new(value)));
}

/// Takes a value, if there is one.
#[inline]
pub fn bind<'d, C, T, DB>(binds: &mut Binds<'d, DB>, column: &'static str, value: Option<&T>)
where
    DB: Backend,
    T: Filled<C, DB> + 'd,
{
    if let Some(value) = value.filter(|_| binds.keeps(column)) {
        binds.push(value.bound());
    }
}

/// Takes a converted value, or why there is none.
#[inline]
pub fn bind_as<'d, C, W, V, T, DB>(binds: &mut Binds<'d, DB>, column: &'static str, value: Option<&V>)
where
    DB: Backend,
    W: Encoded<V, Column = T>,
    T: Filled<C, DB> + 'd,
{
    match value.filter(|_| binds.keeps(column)).map(W::encode) {
        Some(Ok(value)) => binds.push(value.bound()),
        Some(Err(why)) => binds.refuse(column, why),
        None => {}
    }
}

/// Takes the next value out of a row.
///
/// # Errors
/// It is something else.
#[inline]
pub fn load<'a, F, C, T, DB, R>(row: &R, place: &mut usize, column: &'static str) -> Result<T>
where
    F: Record,
    DB: Served,
    T: Fits<C, DB>,
    R: Row<'a, DB>,
{
    let at = *place;
    *place += 1;
    T::loaded(row, at).map_err(|why| failed::<F>(column, why))
}

/// Takes the next value out of a row and converts it back.
///
/// # Errors
/// It is something else, or cannot be converted.
#[inline]
pub fn load_as<'a, F, C, W, V, T, DB, R>(row: &R, place: &mut usize, column: &'static str) -> Result<V>
where
    F: Record,
    DB: Served,
    W: Decoded<V, Column = T>,
    T: Fits<C, DB>,
    R: Row<'a, DB>,
{
    let value = load::<F, C, T, DB, R>(row, place, column)?;
    W::decode(value).map_err(|why| failed::<F>(column, why))
}

fn failed<F: Record>(column: &'static str, why: BoxError) -> Error {
    Error::new(Stage::Read, F::NAME, unless_secret::<F>(column, why)).attribute(F::attribute(column))
}
