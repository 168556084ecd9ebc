//! Looks for rows by their values, a whole batch in one statement. Inserts nothing.

use super::super::{Binds, Fetched};
use super::Stored;
use super::batch::failed;
use super::group::Group;
use super::text::Text;
use crate::error::{Error, Result, Stage};
use crate::persist::{Made, Rows};
use ::sqlx::{AssertSqlSafe, Row, Sqlite, SqliteConnection, query_with};

/// The model of each row that is there, the draft of each that is not. Where several are there, the first one.
pub(super) async fn find<F: Stored>(
    rows: Rows<F>,
    columns: &'static [&'static str],
    db: &mut SqliteConnection,
) -> Result<Vec<Made<F>>> {
    let (text, len, statements) = (Text::of::<F>(), rows.len(), rows.scope().ledger().statements());
    let mut drafts: Vec<Option<F>> = rows.into_drafts().into_iter().map(Some).collect();
    let mut models: Vec<Option<F::Model>> = drafts.iter().map(|_| None).collect();
    let size = Group::rows_per_statement(columns.len());
    for start in (0..len).step_by(size) {
        let range = start..len.min(start + size);
        let mut binds = Binds::<Sqlite>::only(columns.to_vec());
        for (row, draft) in drafts.iter().enumerate().take(range.end).skip(start) {
            if let Some(draft) = draft {
                draft.write(&mut binds);
            }
            if let Some((column, error)) = binds.failed() {
                return Err(Error::new(Stage::Encode, F::NAME, error).attribute(F::attribute(column)).at(row, len));
            }
        }
        let sql = AssertSqlSafe(text.like(columns, range.len()));
        statements.sent();
        let found = query_with(sql, binds.into_arguments()).persistent(false).fetch_all(&mut *db).await;
        for row in found.map_err(failed::<F>(Stage::Find))? {
            let place: i64 = row.try_get(0).map_err(failed::<F>(Stage::Find))?;
            let place = start + usize::try_from(place).unwrap_or(usize::MAX - start);
            if let Some(draft) = drafts.get_mut(place).and_then(Option::take) {
                let model = draft.read(&mut Fetched::of::<F>(&row, 1)).map_err(|error| error.at(place, len))?;
                models[place] = Some(model);
            }
        }
    }
    let answers = drafts.into_iter().zip(models).filter_map(|(draft, model)| match model {
        Some(model) => Some(Made::Model(model)),
        None => draft.map(Made::Draft),
    });
    Ok(answers.collect())
}
