//! The values of rows on their way into a statement. Knows neither the statement nor its database.

use crate::error::BoxError;
use crate::persist::Sink;
use crate::persist::sql::engine::Binding;
use ::sqlx::{Arguments, Database, Encode, Type};

/// Collects what a statement of sqlx binds: any number of rows, one after the other.
pub struct Binds<DB: Database> {
    arguments: DB::Arguments,
    /// The columns to keep, where not all of them are.
    only: Option<Vec<&'static str>>,
    failed: Option<(&'static str, BoxError)>,
}

impl<DB: Database> Binds<DB> {
    /// What was collected.
    pub(super) fn into_arguments(self) -> DB::Arguments {
        self.arguments
    }

    /// Takes a value that is no column.
    pub(in crate::persist) fn add<'q, T: Encode<'q, DB> + Type<DB>>(&mut self, value: T) {
        if let Err(error) = self.arguments.add(value) {
            self.failed.get_or_insert(("", error));
        }
    }
}

impl<DB: Database> Binding for Binds<DB>
where
    i64: for<'q> Encode<'q, DB> + Type<DB>,
    Option<String>: for<'q> Encode<'q, DB> + Type<DB>,
{
    fn all(values: usize) -> Self {
        let mut arguments = DB::Arguments::default();
        arguments.reserve(values, 0);
        Self { arguments, only: None, failed: None }
    }

    fn only(columns: Vec<&'static str>) -> Self {
        Self { arguments: DB::Arguments::default(), only: Some(columns), failed: None }
    }

    fn int(&mut self, number: i64) {
        self.add(number);
    }

    fn text(&mut self, text: Option<String>) {
        self.add(text);
    }

    fn failed(&mut self) -> Option<(&'static str, BoxError)> {
        self.failed.take()
    }
}

// So that an error is about the column, not about three traits of sqlx.
#[diagnostic::do_not_recommend]
impl<'q, DB, T> Sink<T> for Binds<DB>
where
    DB: Database,
    T: Encode<'q, DB> + Type<DB>,
{
    #[inline]
    fn put(&mut self, column: &'static str, value: &T) {
        let skipped = self.only.as_ref().is_some_and(|only| !only.contains(&column));
        if skipped || self.failed.is_some() {
            return;
        }
        if let Err(error) = self.arguments.add(value) {
            self.failed = Some((column, error));
        }
    }

    fn refuse(&mut self, column: &'static str, why: BoxError) {
        self.failed.get_or_insert((column, why));
    }
}
