//! A database as Diesel knows it, and the plain numbers and texts by which rows are told apart. Knows no table.

use super::column::Value;
use super::{Bind, Binds};
use ::diesel::backend::Backend;
use ::diesel::deserialize::FromSql;
use ::diesel::result::Error;
use ::diesel::row::Row;
use ::diesel::serialize::ToSql;
use ::diesel::sql_types::{BigInt, Nullable, Text};

/// A database that rows are created in.
pub trait Served: Backend<QueryBuilder: Default> + Default + 'static {
    /// A number, to be bound.
    fn bound_int(number: i64) -> Box<dyn Bind<Self> + Send>;

    /// A text, or NULL, to be bound.
    fn bound_text(text: Option<String>) -> Box<dyn Bind<Self> + Send>;

    /// A number that came back.
    ///
    /// # Errors
    /// It is none.
    fn int<'a>(row: &impl Row<'a, Self>, place: usize) -> ::diesel::deserialize::Result<Option<i64>>;

    /// A text that came back.
    ///
    /// # Errors
    /// It is none.
    fn text<'a>(row: &impl Row<'a, Self>, place: usize) -> ::diesel::deserialize::Result<Option<String>>;
}

impl<DB> Served for DB
where
    DB: Backend<QueryBuilder: Default> + Default + 'static,
    i64: ToSql<BigInt, DB> + FromSql<BigInt, DB>,
    String: ToSql<Text, DB> + FromSql<Text, DB>,
    Option<String>: ToSql<Nullable<Text>, DB>,
{
    fn bound_int(number: i64) -> Box<dyn Bind<Self> + Send> {
        Box::new(Value::<BigInt, _>::new(number))
    }

    fn bound_text(text: Option<String>) -> Box<dyn Bind<Self> + Send> {
        Box::new(Value::<Nullable<Text>, _>::new(text))
    }

    fn int<'a>(row: &impl Row<'a, Self>, place: usize) -> ::diesel::deserialize::Result<Option<i64>> {
        row.get_value::<Nullable<BigInt>, Option<i64>, usize>(place)
    }

    fn text<'a>(row: &impl Row<'a, Self>, place: usize) -> ::diesel::deserialize::Result<Option<String>> {
        row.get_value::<Nullable<Text>, Option<String>, usize>(place)
    }
}

/// A connection to such a database.
pub trait Reaches {
    /// The database.
    type Database: Served;
}

/// What a value of a row is cannot be seen there.
///
/// # Errors
/// Always.
pub fn untyped<'a, DB: Served>(_: &impl Row<'a, DB>, _: usize, _: &mut Binds<'_, DB>) -> Result<bool, Error> {
    Err(Error::DeserializationError("only SQLite says of each value what it is".into()))
}

/// A number of a row, by its place.
///
/// # Errors
/// It is none.
pub fn int<'a, DB: Served>(row: &impl Row<'a, DB>, place: usize) -> Result<Option<i64>, Error> {
    DB::int(row, place).map_err(Error::DeserializationError)
}

/// A text of a row, by its place.
///
/// # Errors
/// It is none.
pub fn text<'a, DB: Served>(row: &impl Row<'a, DB>, place: usize) -> Result<Option<String>, Error> {
    DB::text(row, place).map_err(Error::DeserializationError)
}
