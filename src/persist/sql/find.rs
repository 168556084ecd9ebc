//! Looks for rows by their values, a whole batch in one statement. Inserts nothing.

use super::drafts::{Drafts, failed};
use super::engine::{Binding, Engine, Statement, Stored};
use crate::error::{Error, Result, Stage};
use crate::persist::{Column, Db, Made, Rows};

/// The model of each row that is there, the draft of each that is not. Where several are there, the first one.
///
/// `like` makes the statement for these columns and so many rows; each row that it gives comes behind the place of its
/// values among those given.
pub(super) async fn find<'c, E, F>(
    rows: Rows<F>,
    columns: &'static [&'static str],
    mut db: Db<'c, E>,
    rows_per_statement: usize,
    like: impl Fn(&[&'static Column], usize) -> String,
) -> Result<Vec<Made<F>>>
where
    E: Engine,
    F: Stored<E> + 'c,
{
    let statements = rows.scope().ledger().statements();
    let mut rows = Drafts::of(rows.into_drafts());
    let len = rows.len();
    let columns: Vec<_> =
        columns.iter().filter_map(|name| F::COLUMNS.iter().find(|column| column.name == *name)).collect();
    // In the order in which a draft writes them.
    let columns: Vec<_> =
        F::COLUMNS.iter().filter(|one| columns.iter().any(|column| column.name == one.name)).collect();
    for start in (0..len).step_by(rows_per_statement) {
        let range = start..len.min(start + rows_per_statement);
        let mut binds = E::Binds::only(columns.iter().map(|column| column.name).collect());
        for row in range.clone() {
            if let Some(draft) = &rows.drafts[row] {
                draft.write_to(&mut binds);
            }
            if let Some((column, error)) = binds.failed() {
                return Err(Error::new(Stage::Encode, F::NAME, error).attribute(F::attribute(column)).at(row, len));
            }
        }
        let text = like(&columns, range.len());
        statements.sent();
        let taken = &mut rows;
        let found = E::fetch(E::reborrow(&mut db), Statement::once(&text), binds, |row| {
            let place = E::int(row, 0).map_err(failed::<F, _>(Stage::Find))?;
            let place = place.and_then(|place| usize::try_from(place).ok()).map(|place| start + place);
            match place {
                Some(place) if taken.drafts.get(place).is_some_and(Option::is_some) => {
                    taken.receive::<E>(place, row, 1)
                }
                _ => Ok(()),
            }
        });
        found.await.map_err(failed::<F, _>(Stage::Find))?.map(drop)?;
    }
    let answers = rows.drafts.into_iter().zip(rows.made).filter_map(|(draft, made)| made.or(draft.map(Made::Draft)));
    Ok(answers.collect())
}
