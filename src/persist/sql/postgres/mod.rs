//! Postgres: keys are drawn before the insert, or made in its statement, and rows are matched by them.

mod found;
mod one;
mod survey;
mod text;
mod way;

use super::engine::{Engine, Stored};
use super::quotes::Quotes;
use crate::error::{Result, Stage};
use crate::persist::values::Oddity;
use crate::persist::{Db, Made, Rows, Want};
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

/// Writes rows, and gives them back in their order.
pub(in crate::persist) async fn insert<'c, E, F>(rows: Rows<F>, db: Db<'c, E>, want: Want) -> Result<Vec<Made<F>>>
where
    E: Engine,
    F: Stored<E> + 'c,
{
    let mut way = Way::<E, F>::new(rows, db, want);
    match way.rows.len() {
        0 => {}
        1 if !F::NO_RETURNING => way.one(0).await?,
        _ => way.many().await?,
    }
    way.rows.finish()
}

/// The model of each row that is there, the draft of each that is not.
pub(in crate::persist) async fn find<'c, E, F>(
    rows: Rows<F>,
    columns: &'static [&'static str],
    mut db: Db<'c, E>,
) -> Result<Vec<Made<F>>>
where
    E: Engine,
    F: Stored<E> + 'c,
{
    let (text, statements) = (Text::of::<E, F>(), rows.scope().ledger().statements());
    let survey = survey::Survey::take::<E, F>(E::reborrow(&mut db), &text, &statements, Stage::Find).await?;
    let size = (BINDS / columns.len().max(1)).clamp(1, ROWS);
    super::find::find::<E, F>(rows, columns, db, size, |columns, rows| text.like::<E>(&survey, columns, rows)).await
}
