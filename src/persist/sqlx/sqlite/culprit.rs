//! Which row of a failed statement is to blame. Knows that a failed statement has written nothing.

use super::Stored;
use super::batch::{Batch, failed};
use super::group::Group;
use crate::error::{Error, Stage};
use crate::persist::Column;
use ::sqlx::{AssertSqlSafe, Executor, SqlSafeStr};
use std::ops::Range;

impl<F: Stored> Batch<'_, F> {
    /// Looks for the first row that cannot be written: the rows before it are written again by halves, as long as some
    /// can be, so that a row that collides with another of the same statement is found as well.
    pub(super) async fn culprit(&mut self, group: &mut Group, failing: Range<usize>, error: ::sqlx::Error) -> Error {
        if !concerns_rows(&error) {
            return failed::<F>(Stage::Insert)(error);
        }
        let Range { start: mut first, mut end } = failing;
        let mut error = error;
        while end - first > 1 {
            let middle = first + (end - first) / 2;
            match self.write_together(group, first..middle).await {
                Ok(Ok(_)) => first = middle,
                Ok(Err(earlier)) => (end, error) = (middle, earlier),
                Err(error) => return error,
            }
        }
        let columns = group.columns.clone();
        self.refused(group.rows[first], &columns, error).await
    }

    /// The error of the row that is refused, unless the statement is, whatever its values.
    pub(super) async fn refused(&mut self, row: usize, columns: &[&Column], error: ::sqlx::Error) -> Error {
        let error = failed::<F>(Stage::Insert)(error);
        let statement = AssertSqlSafe(self.text.insert_one(columns)).into_sql_str();
        match (&mut *self.db).prepare(statement).await {
            Ok(_) => self.about(row, error),
            Err(_) => error,
        }
    }
}

/// Whether it depends on the values of a row that it was refused.
pub(super) fn concerns_rows(error: &::sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code()?.parse::<u32>().ok());
    // The generic error, too big, a constraint, a mismatch of types. Not: busy, full, interrupted, read-only ..
    code.is_some_and(|code| matches!(code & 0xff, 1 | 18 | 19 | 20))
}
