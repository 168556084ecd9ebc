//! Rows that fill the same columns. Knows no SQL, and not how rows are found again: that is the dialect's `way`.

use super::drafts::Drafted;
use super::engine::Engine;
use crate::persist::Column;
use std::collections::HashMap;
use std::sync::Arc;

/// Rows that go into the same statements.
pub(super) struct Group<W> {
    /// Their places in the batch.
    pub(super) rows: Vec<usize>,
    /// What they fill.
    pub(super) columns: Vec<&'static Column>,
    /// How they are found again.
    pub(super) way: W,
    /// How many of the rows, from the first on, were inserted together.
    pub(super) together: usize,
    /// The last statement, and for how many rows it was.
    text: Option<(usize, Arc<str>)>,
}

impl<W> Group<W> {
    /// The statement for so many rows, made only when the last one was for another number.
    pub(super) fn text(&mut self, rows: usize, make: impl FnOnce(&Self) -> String) -> Arc<str> {
        match &self.text {
            Some((known, text)) if *known == rows => Arc::clone(text),
            _ => {
                let text: Arc<str> = make(self).into();
                self.text = Some((rows, Arc::clone(&text)));
                text
            }
        }
    }
}

/// Sorts the rows of a batch by what they fill.
pub(super) fn groups<'d, E: Engine, W>(
    rows: &(dyn Drafted<'d, E> + 'd),
    mut way: impl FnMut(&[&'static Column]) -> W,
) -> Vec<Group<W>> {
    let mut groups: Vec<Group<W>> = Vec::new();
    let mut places = HashMap::new();
    for row in 0..rows.count() {
        let place = *places.entry(rows.absent(row)).or_insert_with(|| {
            let columns = rows.columns(row);
            groups.push(Group { rows: Vec::new(), way: way(&columns), columns, together: 0, text: None });
            groups.len() - 1
        });
        groups[place].rows.push(row);
    }
    groups
}

/// The columns that are filled, when bit `i` of `absent` says that the `i`-th optional one is not.
pub(super) fn filled(columns: &'static [Column], absent: u64) -> Vec<&'static Column> {
    let mut bits = absent;
    let is_filled = |column: &&Column| {
        if !column.optional {
            return true;
        }
        let is_filled = bits & 1 == 0;
        bits >>= 1;
        is_filled
    };
    columns.iter().filter(is_filled).collect()
}
