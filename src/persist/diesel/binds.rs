//! The values of rows on their way into a statement. Knows neither the statement nor its database.

use super::{Bind, Served};
use crate::error::BoxError;
use crate::persist::sql::engine::Binding;
use ::diesel::backend::Backend;

/// Collects what a statement of Diesel binds: any number of rows, one after the other.
pub struct Binds<'d, DB: Backend> {
    values: Vec<Box<dyn Bind<DB> + Send + 'd>>,
    /// The columns to keep, where not all of them are.
    only: Option<Vec<&'static str>>,
    failed: Option<(&'static str, BoxError)>,
}

impl<'d, DB: Backend> Binds<'d, DB> {
    /// Whether the values of a column are kept.
    pub(super) fn keeps(&self, column: &str) -> bool {
        let kept = self.only.as_ref().is_none_or(|only| only.contains(&column));
        kept && self.failed.is_none()
    }

    /// Takes a value.
    pub(super) fn push(&mut self, value: Box<dyn Bind<DB> + Send + 'd>) {
        self.values.push(value);
    }

    /// Takes note that a value could not be turned into that of its column.
    pub(super) fn refuse(&mut self, column: &'static str, why: BoxError) {
        self.failed.get_or_insert((column, why));
    }

    /// What was collected.
    pub(super) fn into_values(self) -> Vec<Box<dyn Bind<DB> + Send + 'd>> {
        self.values
    }
}

impl<DB: Served> Binding for Binds<'_, DB> {
    fn all(values: usize) -> Self {
        Self { values: Vec::with_capacity(values), only: None, failed: None }
    }

    fn only(columns: Vec<&'static str>) -> Self {
        Self { values: Vec::new(), only: Some(columns), failed: None }
    }

    fn int(&mut self, number: i64) {
        self.values.push(DB::bound_int(number));
    }

    fn text(&mut self, text: Option<String>) {
        self.values.push(DB::bound_text(text));
    }

    fn failed(&mut self) -> Option<(&'static str, BoxError)> {
        self.failed.take()
    }
}
