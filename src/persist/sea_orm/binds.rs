//! The values of rows on their way into a statement. Knows neither the statement nor its database.

use crate::error::BoxError;
use crate::persist::Sink;
use crate::persist::sql::engine::Binding;
use ::sea_orm::Value;

/// Collects what a statement of SeaORM binds: any number of rows, one after the other.
#[derive(Debug, Default)]
pub struct Binds {
    values: Vec<Value>,
    /// The columns to keep, where not all of them are.
    only: Option<Vec<&'static str>>,
    failed: Option<(&'static str, BoxError)>,
}

impl Binds {
    /// Takes a value that is no column.
    pub(super) fn add(&mut self, value: impl Into<Value>) {
        self.values.push(value.into());
    }

    /// What was collected.
    pub(super) fn into_values(self) -> Vec<Value> {
        self.values
    }
}

impl Binding for Binds {
    fn all(values: usize) -> Self {
        Self { values: Vec::with_capacity(values), ..Self::default() }
    }

    fn only(columns: Vec<&'static str>) -> Self {
        Self { only: Some(columns), ..Self::default() }
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

// So that an error is about the column, not about traits of SeaORM.
#[diagnostic::do_not_recommend]
impl<T: Clone + Into<Value>> Sink<T> for Binds {
    #[inline]
    fn put(&mut self, column: &'static str, value: &T) {
        let skipped = self.only.as_ref().is_some_and(|only| !only.contains(&column));
        if !skipped {
            self.add(value.clone());
        }
    }

    fn refuse(&mut self, column: &'static str, why: BoxError) {
        self.failed.get_or_insert((column, why));
    }
}
