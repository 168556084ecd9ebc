//! SQLite: keys are chosen above the largest rowid while the write lock is held, and rows are read back by them.

mod found;
mod one;
mod survey;
mod text;
mod way;

use super::engine::{Engine, Stored};
use super::quotes::Quotes;
use crate::error::Result;
use crate::persist::values::Oddity;
use crate::persist::{Db, Made, Rows, Want};
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

/// Writes rows, and gives them back in their order.
pub(in crate::persist) async fn insert<'c, E, F>(rows: Rows<F>, db: Db<'c, E>, want: Want) -> Result<Vec<Made<F>>>
where
    E: Engine,
    F: Stored<E> + 'c,
{
    let mut way = Way::<E, F>::new(rows, db, want);
    match way.rows.len() {
        0 => {}
        1 => way.one(0).await?,
        _ => way.many().await?,
    }
    way.rows.finish()
}

/// The model of each row that is there, the draft of each that is not.
pub(in crate::persist) async fn find<'c, E, F>(
    rows: Rows<F>,
    columns: &'static [&'static str],
    db: Db<'c, E>,
) -> Result<Vec<Made<F>>>
where
    E: Engine,
    F: Stored<E> + 'c,
{
    let text = Text::of::<E, F>();
    let size = found::rows_per_statement(columns.len());
    super::find::find::<E, F>(rows, columns, db, size, |columns, rows| text.like(columns, rows)).await
}
