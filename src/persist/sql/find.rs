//! Looks for rows by their values, a whole batch in one statement. Inserts nothing.

use super::drafts::{Drafted, Terms};
use super::engine::{Binding, Engine, Statement};
use crate::error::{Result, Stage};
use crate::persist::{Column, Db};

/// Makes the model of each row that is there. Where several are there, of the first one.
///
/// `like` makes the statement for these columns and so many rows; each row that it gives comes behind the place of its
/// values among those given.
pub(super) async fn find<'d, E: Engine>(
    rows: &mut (dyn Drafted<'d, E> + 'd),
    columns: &'static [&'static str],
    mut db: Db<'_, E>,
    terms: &Terms,
    rows_per_statement: usize,
    like: impl Fn(&[&'static Column], usize) -> String,
) -> Result<()> {
    let (form, len) = (rows.form(), rows.count());
    // In the order in which a draft writes them.
    let columns: Vec<_> = form.columns.iter().filter(|column| columns.contains(&column.name)).collect();
    for start in (0..len).step_by(rows_per_statement) {
        let range = start..len.min(start + rows_per_statement);
        let mut binds = E::Binds::only(columns.iter().map(|column| column.name).collect());
        for row in range.clone() {
            rows.encode(row, &mut binds)?;
        }
        let text = like(&columns, range.len());
        terms.statements.sent();
        let taken = &mut *rows;
        let found = E::fetch(E::reborrow(&mut db), Statement::once(&text), binds, |row| {
            let place = E::int(row, 0).map_err(form.failed(Stage::Find))?;
            let place = place.and_then(|place| usize::try_from(place).ok()).map(|place| start + place);
            match place.filter(|&place| taken.is_draft(place)) {
                Some(place) => taken.receive(place, row, 1),
                None => Ok(()),
            }
        });
        found.await.map_err(form.failed(Stage::Find))?.map(drop)?;
    }
    Ok(())
}
