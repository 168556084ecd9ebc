//! SQLite: keys are chosen above the largest rowid while the write lock is held, and rows are read back by them.

mod found;
mod one;
mod survey;
mod text;
mod way;

use super::drafts::{Drafted, Terms};
use super::engine::Engine;
use super::quotes::Quotes;
use crate::error::Result;
use crate::persist::Db;
use crate::persist::values::Oddity;
use text::Text;
use way::Way;

/// How many values one statement takes.
const BINDS: usize = 32_766;

const QUOTES: Quotes = Quotes::STANDARD;

/// No number, which is NULL, where the column takes none; it is named at the end.
fn unfit(oddity: Oddity, told: &str, column: &str) -> Option<&'static str> {
    let is_null = oddity == Oddity::Nan && told.contains("NOT NULL") && told.ends_with(&format!(".{column}"));
    is_null.then_some("SQLite stores NaN as NULL, which the column does not take; give a number to")
}

/// Writes rows.
pub(in crate::persist) async fn write<'w, 'd: 'w, E: Engine>(
    rows: &'w mut (dyn Drafted<'d, E> + 'd),
    db: Db<'w, E>,
    terms: Terms,
) -> Result<()> {
    let mut way = Way::<E>::new(rows, db, terms);
    if way.rows.count() == 1 { way.one(0).await } else { way.many().await }
}

/// Makes the models of those that are there.
pub(in crate::persist) async fn find<'w, 'd: 'w, E: Engine>(
    rows: &'w mut (dyn Drafted<'d, E> + 'd),
    columns: &'static [&'static str],
    db: Db<'w, E>,
    terms: Terms,
) -> Result<()> {
    let text = Text::of(rows.form());
    let size = found::rows_per_statement(columns.len());
    super::find::find(rows, columns, db, &terms, size, |columns, rows| text.like(columns, rows)).await
}
