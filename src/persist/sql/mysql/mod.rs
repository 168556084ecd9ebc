//! MySQL and MariaDB: the keys of a batch follow from the first one that was assigned, and rows are read back by them.

mod one;
mod survey;
mod text;
mod way;

use super::engine::{Engine, Fault, Stored};
use super::quotes::Quotes;
use crate::error::{Result, Stage};
use crate::persist::values::Oddity;
use crate::persist::{Column, Db, Made, Rows, Want};
use text::Text;
use way::Way;

/// How many values it gets: over TCP more of them, in a packet of more than 64 KiB, may wait 40 ms to be acknowledged.
const VALUES: usize = 1_000;

/// How many rows go into one statement that has so many values for each.
fn rows_per_statement(values: usize) -> usize {
    (VALUES / values.max(1)).max(1)
}

const QUOTES: Quotes = Quotes::MYSQL;

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
    mut db: Db<'c, E>,
) -> Result<Vec<Made<F>>>
where
    E: Engine,
    F: Stored<E> + 'c,
{
    let (text, statements) = (Text::of::<E, F>(), rows.scope().ledger().statements());
    let survey = survey::Survey::take::<E, F>(E::reborrow(&mut db), &text, &statements, Stage::Find).await?;
    let size = rows_per_statement(columns.len());
    // Without it a transaction sees what was there when it first looked (`repeatable read`).
    let locking = if rows.is_contested() { " lock in share mode" } else { "" };
    let like = |columns: &[&'static Column], rows| text.like(&survey, columns, rows) + locking;
    super::find::find::<E, F>(rows, columns, db, size, like).await
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
