//! MySQL and MariaDB: the keys of a batch follow from the first one that was assigned, and rows are read back by them.

mod one;
mod survey;
mod text;
mod way;

use super::drafts::{Drafted, Terms};
use super::engine::{Engine, Fault};
use super::quotes::Quotes;
use crate::error::{Result, Stage};
use crate::persist::values::Oddity;
use crate::persist::{Column, Db};
use survey::Survey;
use text::Text;
use way::Way;

/// How many values it gets: over TCP more of them, in a packet of more than 64 KiB, may wait 40 ms to be acknowledged.
const VALUES: usize = 1_000;

/// How many rows go into one statement that has so many values for each.
fn rows_per_statement(values: usize) -> usize {
    (VALUES / values.max(1)).max(1)
}

const QUOTES: Quotes = Quotes::MYSQL;

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
    mut db: Db<'w, E>,
    terms: Terms,
) -> Result<()> {
    let (form, text) = (rows.form(), Text::of(rows.form()));
    let survey = Survey::take::<E>(E::reborrow(&mut db), form, &text, &terms.statements, Stage::Find).await?;
    let size = rows_per_statement(columns.len());
    // Without it a transaction sees what was there when it first looked (`repeatable read`).
    let locking = if terms.is_contested { " lock in share mode" } else { "" };
    let like = |columns: &[&'static Column], rows| text.like(&survey, columns, rows) + locking;
    super::find::find(rows, columns, db, &terms, size, like).await
}

/// Numbers that are none. The column that is out of range is named.
fn unfit(oddity: Oddity, told: &str, column: &str) -> Option<&'static str> {
    match oddity {
        Oddity::Nan if names(told, column) => Some("MySQL and MariaDB store no NaN; give a number to"),
        Oddity::Infinite if names(told, column) => Some("MySQL and MariaDB store no infinity; give a number to"),
        _ => None,
    }
}

fn names(told: &str, column: &str) -> bool {
    told.contains(&format!("'{column}'"))
}

/// What the number of an error says: <https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html>,
/// <https://mariadb.com/kb/en/mariadb-error-code-reference/>
#[allow(dead_code, reason = "Diesel does not tell the number")]
pub(in crate::persist) fn fault(number: u16) -> Fault {
    match number {
        // NULL, duplicates, what is out of range, of the wrong form or too long, foreign keys, checks.
        1048 | 1062 | 1169 | 1216 | 1217 | 1264 | 1265 | 1292 | 1366 | 1367 | 1406 | 1411 | 1416 | 1451 | 1452
        | 1557 | 1586 | 1690 | 3140 | 3819 | 4025 => Fault::Values,
        // What a trigger signals; what the check option of a view refuses.
        1369 | 1644 => Fault::Unclear,
        _ => Fault::Other,
    }
}
