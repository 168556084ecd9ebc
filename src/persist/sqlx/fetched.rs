//! The values of a row that came back, in the order in which its columns were asked for.

use crate::error::{BoxError, Error, Result, Stage};
use crate::persist::{Record, Source, Whole, unless_secret};
use ::sqlx::error::UnexpectedNullError;
use ::sqlx::{ColumnIndex, Database, Decode, FromRow, Row, Type, TypeInfo, ValueRef};
use std::any::type_name;

/// Gives the columns of one row of sqlx, from left to right.
pub struct Fetched<'r, DB: Database> {
    row: &'r DB::Row,
    next: usize,
    factory: &'static str,
    attribute: fn(&'static str) -> &'static str,
    unless_secret: fn(&str, BoxError) -> BoxError,
}

impl<'r, DB: Database> Fetched<'r, DB> {
    /// The row's columns from `first` on, for this factory.
    pub(in crate::persist) fn of<F: Record>(row: &'r DB::Row, first: usize) -> Self {
        Self { row, next: first, factory: F::NAME, attribute: F::attribute, unless_secret: unless_secret::<F> }
    }
}

// So that an error is about the column, not about three traits of sqlx.
#[diagnostic::do_not_recommend]
impl<'r, DB, T> Source<T> for Fetched<'r, DB>
where
    DB: Database,
    usize: ColumnIndex<DB::Row>,
    T: Decode<'r, DB> + Type<DB>,
{
    #[inline]
    fn take(&mut self, column: &'static str, _: Option<T>) -> Result<T> {
        let index = self.next;
        self.next += 1;
        self.row.try_get_raw(index).and_then(|value| decode(self.row, index, &value)).map_err(|error| {
            let error = match error {
                // The position means nothing to the reader.
                ::sqlx::Error::ColumnDecode { source, .. } => {
                    ::sqlx::Error::ColumnDecode { index: format!("{column:?}"), source }
                }
                other => other,
            };
            let error = (self.unless_secret)(column, error.into());
            Error::new(Stage::Read, self.factory, error).attribute((self.attribute)(column))
        })
    }
}

#[diagnostic::do_not_recommend]
impl<'r, DB, M> Whole<M> for Fetched<'r, DB>
where
    DB: Database,
    M: FromRow<'r, DB::Row>,
{
    fn whole(&mut self) -> Result<M> {
        M::from_row(self.row).map_err(|error| Error::new(Stage::Read, self.factory, error))
    }
}

#[inline]
fn decode<'r, DB, T>(row: &'r DB::Row, index: usize, value: &DB::ValueRef<'r>) -> Result<T, ::sqlx::Error>
where
    DB: Database,
    usize: ColumnIndex<DB::Row>,
    T: Decode<'r, DB> + Type<DB>,
{
    if value.is_null() && is_plain(type_name::<T>()) {
        let source = UnexpectedNullError.into();
        return Err(::sqlx::Error::ColumnDecode { index: String::new(), source });
    }
    row.try_get(index).or_else(|error| {
        // sqlx takes an enum of MySQL that may not be NULL for another type than one that may.
        let is_same = value.type_info().name() == T::type_info().name();
        if is_same { row.try_get_unchecked(index) } else { Err(error) }
    })
}

/// Whether no value of this type stands for NULL, of which sqlx may make 0 or an empty text. Only types that sqlx
/// itself decodes, because others may well know what to do with it.
fn is_plain(type_name: &str) -> bool {
    let number = matches!(type_name, "i8" | "i16" | "i32" | "i64" | "u8" | "u16" | "u32" | "u64" | "f32" | "f64");
    number || matches!(type_name, "bool" | "alloc::string::String" | "alloc::vec::Vec<u8>")
}
