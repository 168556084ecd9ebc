//! Rows that fill the same columns, and how each of them is found again after it was inserted. Knows no SQL.

use super::super::Dialect;
use super::survey::Survey;
use crate::persist::{Column, Record};
use ::sqlx::Sqlite;
use std::collections::HashMap;
use std::sync::Arc;

/// How rows are found again.
pub(super) enum Found {
    /// By rowids chosen beforehand, from this one on.
    Rowids(i64),
    /// By the values of these columns, which the rows bring with them.
    Keys(Vec<&'static str>),
    /// Only by what the statement that inserts them gives back, so one by one.
    Singly,
}

/// Rows that go into the same statements.
pub(super) struct Group {
    /// Their places in the batch.
    pub(super) rows: Vec<usize>,
    /// What they fill.
    pub(super) columns: Vec<&'static Column>,
    pub(super) found: Found,
    /// How many of the rows, from the first on, were inserted together.
    pub(super) together: usize,
    /// The last statement, and for how many rows it was.
    sql: Option<(usize, Arc<str>)>,
}

/// Rows in one statement. More make it hardly faster, and the connection is deaf until it is done.
const ROWS: usize = 5_000;

impl Group {
    /// Whether the rows bring all columns of their key.
    pub(super) fn is_keyed<F: Record>(&self) -> bool {
        let mut keys = F::COLUMNS.iter().filter(|column| column.key).peekable();
        keys.peek().is_some() && keys.all(|key| self.columns.contains(&key))
    }

    /// How many values a row takes.
    pub(super) fn values(&self) -> usize {
        self.columns.len() + usize::from(matches!(self.found, Found::Rowids(_)))
    }

    /// The rowid that was chosen for a row, by its place in the group.
    pub(super) fn rowid(&self, offset: usize) -> Option<i64> {
        match self.found {
            Found::Rowids(first) => first.checked_add(i64::try_from(offset).ok()?),
            Found::Keys(_) | Found::Singly => None,
        }
    }

    /// The statement for so many rows, made only when the last one was for another number.
    pub(super) fn sql(&mut self, rows: usize, make: impl FnOnce(&[&Column], usize) -> String) -> Arc<str> {
        match &self.sql {
            Some((known, sql)) if *known == rows => Arc::clone(sql),
            _ => {
                let sql: Arc<str> = make(&self.columns, rows).into();
                self.sql = Some((rows, Arc::clone(&sql)));
                sql
            }
        }
    }

    /// How many rows go into one statement of so many values for each.
    pub(super) fn rows_per_statement(values: usize) -> usize {
        (Sqlite::BINDS / values.max(1)).clamp(1, ROWS)
    }
}

/// Sorts the rows of a batch. Those whose key the database makes come last, so that it cannot collide with a given one.
pub(super) fn groups<F: Record>(drafts: &[Option<F>], survey: &Survey) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut places = HashMap::new();
    for (row, draft) in drafts.iter().enumerate() {
        let absent = draft.as_ref().map_or(0, F::absent);
        let place = *places.entry(absent).or_insert_with(|| {
            groups.push(group::<F>(absent, survey));
            groups.len() - 1
        });
        groups[place].rows.push(row);
    }
    groups.sort_by_key(|group| match group.found {
        Found::Keys(_) => 0,
        Found::Rowids(_) => 1,
        Found::Singly => 2,
    });
    groups
}

fn group<F: Record>(absent: u64, survey: &Survey) -> Group {
    let columns = filled::<F>(absent);
    let mut group = Group { rows: Vec::new(), columns, found: Found::Singly, together: 0, sql: None };
    let given = group.columns.iter().find(|column| survey.is_rowid(column.name));
    group.found = match (survey.rowid(), given) {
        (Some(_), Some(alias)) => Found::Keys(vec![alias.name]),
        (Some(_), None) => Found::Rowids(0),
        (None, _) if group.is_keyed::<F>() && !survey.is_view() => {
            Found::Keys(F::COLUMNS.iter().filter(|column| column.key).map(|column| column.name).collect())
        }
        (None, _) => Found::Singly,
    };
    group
}

/// The columns that are filled, when bit `i` of `absent` says that the `i`-th optional one is not.
pub(super) fn filled<F: Record>(absent: u64) -> Vec<&'static Column> {
    let mut bits = absent;
    let is_filled = |column: &&Column| {
        if !column.optional {
            return true;
        }
        let is_filled = bits & 1 == 0;
        bits >>= 1;
        is_filled
    };
    F::COLUMNS.iter().filter(is_filled).collect()
}
