//! How the rows of a group are found again after they were inserted. Knows no SQL.

use super::survey::Survey;
use super::text::Text;
use super::{BINDS, ROWS};
use crate::persist::sql::drafts::Drafted;
use crate::persist::sql::engine::Engine;
use crate::persist::sql::group::{self, Group};
use crate::persist::{Column, Want};

/// How rows are found again.
pub(super) enum Found {
    /// By integers that were drawn beforehand for this column, with what fills it otherwise.
    Drawn { column: &'static Column, default: String, keys: Vec<i64> },
    /// By the values of all columns of the key, which the rows bring with them.
    Given,
    /// By the values of the key, some of which are made in the statement: these columns, and what fills them.
    Made(Vec<(&'static Column, String)>),
    /// Not at all: nobody wants them.
    Left,
    /// Only by what the statement that inserts them gives back, so one by one.
    Singly,
}

/// How many rows go into one statement.
pub(super) fn rows_per_statement(group: &Group<Found>) -> usize {
    let values = group.columns.len() + usize::from(matches!(group.way, Found::Drawn { .. }));
    (BINDS / values.max(1)).clamp(1, ROWS)
}

/// Sorts the rows of a batch. Those whose key the database makes come last, so that it cannot collide with a given one.
pub(super) fn groups<'d, E: Engine>(
    rows: &(dyn Drafted<'d, E> + 'd),
    survey: &Survey,
    text: &Text,
    want: Want,
) -> Vec<Group<Found>> {
    let mut groups = group::groups(rows, |columns| found(columns, survey, text, want));
    groups.sort_by_key(|group| match group.way {
        Found::Given => 0,
        Found::Drawn { .. } | Found::Made(_) => 1,
        Found::Left | Found::Singly => 2,
    });
    groups
}

fn found(columns: &[&'static Column], survey: &Survey, text: &Text, want: Want) -> Found {
    let is_open = |key: &&'static Column| columns.iter().all(|column| column.name != key.name);
    let open: Vec<_> = text.names.keys().filter(is_open).collect();
    if text.names.keys().next().is_none() {
        // Rows without a value cannot stand in one statement.
        let left = want == Want::Keys && !columns.is_empty();
        return if left { Found::Left } else { Found::Singly };
    }
    let filled = |column: &&'static Column| Some((*column, survey.facts(text, column)?.default.clone()?));
    let made: Option<Vec<_>> = open.iter().map(filled).collect();
    match made {
        None => Found::Singly,
        Some(made) if made.is_empty() => Found::Given,
        Some(mut made) => {
            let is_integer = |column| survey.facts(text, column).is_some_and(super::survey::Facts::is_integer);
            match made.pop() {
                Some((column, default)) if made.is_empty() && is_integer(column) => {
                    Found::Drawn { column, default, keys: Vec::new() }
                }
                // The key of a row that is changed afterwards has to be seen first.
                _ if survey.is_eventful() => Found::Singly,
                last => Found::Made(made.into_iter().chain(last).collect()),
            }
        }
    }
}
