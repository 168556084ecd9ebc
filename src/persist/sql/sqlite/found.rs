//! How the rows of a group are found again after they were inserted. Knows no SQL.

use super::BINDS;
use super::survey::Survey;
use crate::persist::Column;
use crate::persist::sql::drafts::Drafted;
use crate::persist::sql::engine::Engine;
use crate::persist::sql::group::{self, Group};
use crate::persist::sql::names::Names;

/// How rows are found again.
pub(super) enum Found {
    /// By rowids chosen beforehand, from this one on.
    Rowids(i64),
    /// By the values of these columns, which the rows bring with them.
    Keys(Vec<&'static Column>),
    /// Only by what the statement that inserts them gives back, so one by one.
    Singly,
}

/// Rows in one statement. More make it hardly faster, and the connection is deaf until it is done.
const ROWS: usize = 5_000;

/// How many values a row takes.
pub(super) fn values(group: &Group<Found>) -> usize {
    group.columns.len() + usize::from(matches!(group.way, Found::Rowids(_)))
}

/// The rowid that was chosen for a row, by its place in the group.
pub(super) fn rowid(group: &Group<Found>, offset: usize) -> Option<i64> {
    match group.way {
        Found::Rowids(first) => first.checked_add(i64::try_from(offset).ok()?),
        Found::Keys(_) | Found::Singly => None,
    }
}

/// How many rows go into one statement of so many values for each.
pub(super) fn rows_per_statement(values: usize) -> usize {
    (BINDS / values.max(1)).clamp(1, ROWS)
}

/// Sorts the rows of a batch. Those whose key the database makes come last, so that it cannot collide with a given one.
pub(super) fn groups<'d, E: Engine>(
    rows: &(dyn Drafted<'d, E> + 'd),
    survey: &Survey,
    names: &Names,
) -> Vec<Group<Found>> {
    let mut groups = group::groups(rows, |columns| found(columns, survey, names));
    groups.sort_by_key(|group| match group.way {
        Found::Keys(_) => 0,
        Found::Rowids(_) => 1,
        Found::Singly => 2,
    });
    groups
}

fn found(columns: &[&'static Column], survey: &Survey, names: &Names) -> Found {
    let given = columns.iter().find(|column| survey.is_rowid(names.plain(column)));
    match (survey.rowid(), given) {
        (Some(_), Some(alias)) => Found::Keys(vec![alias]),
        (Some(_), None) => Found::Rowids(0),
        (None, _) if is_keyed(columns, names) && !survey.is_view() => Found::Keys(names.keys().collect()),
        (None, _) => Found::Singly,
    }
}

/// Whether all columns of the key are among these.
pub(super) fn is_keyed(columns: &[&'static Column], names: &Names) -> bool {
    let mut keys = names.keys().peekable();
    keys.peek().is_some() && keys.all(|key| columns.iter().any(|column| column.name == key.name))
}
