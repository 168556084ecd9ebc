//! Postgres: keys are drawn before the insert, or made in its statement, and rows are matched by them.

mod found;
mod one;
mod survey;
mod text;
mod way;

use super::drafts::{Drafted, Terms};
use super::engine::Engine;
use super::quotes::Quotes;
use crate::error::{Result, Stage};
use crate::persist::Db;
use crate::persist::values::Oddity;
use survey::Survey;
use text::Text;
use way::Way;

/// How many values one statement takes.
const BINDS: usize = 65_535;

/// Rows in one statement. More make it no faster.
const ROWS: usize = 1_000;

const QUOTES: Quotes = Quotes::ESCAPED;

/// Text with NUL, of which only the byte is told.
fn unfit(oddity: Oddity, told: &str, _: &str) -> Option<&'static str> {
    let is_nul = oddity == Oddity::Nul && told.contains("0x00");
    is_nul.then_some("Postgres stores no text with NUL (`\\0`); store bytes, or take it out of")
}

/// Writes rows.
pub(in crate::persist) async fn write<'w, 'd: 'w, E: Engine>(
    rows: &'w mut (dyn Drafted<'d, E> + 'd),
    db: Db<'w, E>,
    terms: Terms,
) -> Result<()> {
    let mut way = Way::<E>::new(rows, db, terms);
    if way.rows.count() == 1 && !way.form.no_returning { way.one(0).await } else { way.many().await }
}

/// Makes the models of those that are there.
pub(in crate::persist) async fn find<'w, 'd: 'w, E: Engine>(
    rows: &'w mut (dyn Drafted<'d, E> + 'd),
    columns: &'static [&'static str],
    mut db: Db<'w, E>,
    terms: Terms,
) -> Result<()> {
    let (form, text) = (rows.form(), Text::of(rows.form()));
    let survey = Survey::take::<E>(E::reborrow(&mut db), form, &text, &terms.statements, Stage::Find).await?;
    let size = (BINDS / columns.len().max(1)).clamp(1, ROWS);
    super::find::find(rows, columns, db, &terms, size, |columns, rows| text.like::<E>(&survey, columns, rows)).await
}
