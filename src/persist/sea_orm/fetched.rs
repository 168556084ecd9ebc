//! The values of a row that came back, in the order in which its columns were asked for.

use crate::error::{BoxError, Error, Result, Stage};
use crate::persist::{Record, Source, Whole, unless_secret};
use ::sea_orm::sqlx;
use ::sea_orm::{DbErr, FromQueryResult, QueryResult, RuntimeErr, TryGetError, TryGetable};
use std::sync::Arc;

/// Gives the columns of one row of SeaORM, from left to right.
#[derive(Debug)]
pub struct Fetched<'r> {
    row: &'r QueryResult,
    next: usize,
    factory: &'static str,
    attribute: fn(&'static str) -> &'static str,
    unless_secret: fn(&str, BoxError) -> BoxError,
}

impl<'r> Fetched<'r> {
    /// The row's columns from `first` on, for this factory.
    pub(super) fn of<F: Record>(row: &'r QueryResult, first: usize) -> Self {
        Self { row, next: first, factory: F::NAME, attribute: F::attribute, unless_secret: unless_secret::<F> }
    }
}

// So that an error is about the column, not about a trait of SeaORM.
#[diagnostic::do_not_recommend]
impl<T: TryGetable> Source<T> for Fetched<'_> {
    #[inline]
    fn take(&mut self, column: &'static str, _: Option<T>) -> Result<T> {
        let place = self.next;
        self.next += 1;
        T::try_get_by_index(self.row, place).map_err(|error| {
            let error = (self.unless_secret)(column, named(error, column).into());
            Error::new(Stage::Read, self.factory, error).attribute((self.attribute)(column))
        })
    }
}

#[diagnostic::do_not_recommend]
impl<M: FromQueryResult> Whole<M> for Fetched<'_> {
    fn whole(&mut self) -> Result<M> {
        M::from_query_result(self.row, "").map_err(|error| Error::new(Stage::Read, self.factory, error))
    }
}

/// The error with the column's name: its position means nothing to the reader.
fn named(error: TryGetError, column: &str) -> DbErr {
    let error = match error {
        TryGetError::Null(_) => return TryGetError::Null(format!("{column:?}")).into(),
        TryGetError::DbErr(error) => error,
    };
    let DbErr::Query(RuntimeErr::SqlxError(error)) = error else {
        return error;
    };
    let error = Arc::try_unwrap(error).map(|error| match error {
        sqlx::Error::ColumnDecode { source, .. } => {
            Arc::new(sqlx::Error::ColumnDecode { index: format!("{column:?}"), source })
        }
        other => Arc::new(other),
    });
    DbErr::Query(RuntimeErr::SqlxError(error.unwrap_or_else(|shared| shared)))
}
