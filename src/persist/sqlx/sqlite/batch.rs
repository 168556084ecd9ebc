//! The way of a batch into a table and back: together where the rows can be told apart afterwards, else one by
//! one. Knows the table only from its survey.

use super::super::{Binds, Fetched};
use super::Stored;
use super::culprit::concerns_rows;
use super::group::{Found, Group, filled, groups};
use super::survey::Survey;
use super::text::Text;
use crate::error::{Error, Result, Stage};
use crate::persist::sqlx::Dialect;
use crate::persist::{Made, Rows, Sink, Want, unless_secret};
use crate::profile::Statements;
use ::sqlx::sqlite::{SqliteArguments, SqliteRow};
use ::sqlx::{AssertSqlSafe, Row, Sqlite, SqliteConnection, query_with};
use std::ops::Range;

/// Writes rows, and gives them back in their order.
pub(super) async fn insert<F: Stored>(rows: Rows<F>, db: &mut SqliteConnection, want: Want) -> Result<Vec<Made<F>>> {
    let mut batch = Batch::new(rows, db, want);
    match batch.drafts.len() {
        0 => {}
        1 => batch.one(0).await?,
        _ => batch.many().await?,
    }
    batch.finish()
}

/// Rows on their way: each is a draft until it is made.
pub(super) struct Batch<'c, F: Stored> {
    pub(super) db: &'c mut SqliteConnection,
    pub(super) text: Text,
    pub(super) statements: Statements,
    survey: Option<Survey>,
    drafts: Vec<Option<F>>,
    made: Vec<Option<Made<F>>>,
    want: Want,
}

impl<'c, F: Stored> Batch<'c, F> {
    fn new(rows: Rows<F>, db: &'c mut SqliteConnection, want: Want) -> Self {
        let statements = rows.scope().ledger().statements();
        let drafts: Vec<_> = rows.into_drafts().into_iter().map(Some).collect();
        let made = drafts.iter().map(|_| None).collect();
        Self { db, text: Text::of::<F>(), statements, survey: None, drafts, made, want }
    }

    async fn many(&mut self) -> Result<()> {
        let survey = Survey::take(self.db, &self.text, &self.statements).await.map_err(failed::<F>(Stage::Insert))?;
        let mut groups = groups(&self.drafts, &survey);
        self.survey = Some(survey);
        for group in &mut groups {
            self.write(group).await?;
        }
        for group in &groups {
            self.read(group).await?;
        }
        Ok(())
    }

    fn finish(self) -> Result<Vec<Made<F>>> {
        match self.made.iter().position(Option::is_none) {
            None => Ok(self.made.into_iter().flatten().collect()),
            Some(row) => Err(self.lost(row)),
        }
    }

    /// What is known of the table.
    pub(super) async fn survey(&mut self) -> Result<&mut Survey> {
        let survey = match self.survey.take() {
            Some(survey) => survey,
            None => Survey::take(self.db, &self.text, &self.statements).await.map_err(failed::<F>(Stage::Insert))?,
        };
        Ok(self.survey.insert(survey))
    }

    async fn write(&mut self, group: &mut Group) -> Result<()> {
        if let Found::Rowids(first) = &mut group.found {
            match self.allocate(group.rows.len()).await? {
                Some(allocated) => *first = allocated,
                // The largest rowid there can be is in use; SQLite then looks for others.
                None => group.found = Found::Singly,
            }
        }
        if !matches!(group.found, Found::Singly) {
            self.write_all_together(group).await?;
        }
        for &row in &group.rows[group.together..] {
            self.one(row).await?;
        }
        let survey = self.survey().await?;
        if survey.is_eventful() || !matches!(group.found, Found::Rowids(_)) {
            survey.forget_top();
        }
        Ok(())
    }

    async fn allocate(&mut self, rows: usize) -> Result<Option<i64>> {
        let mut survey = self.survey.take();
        let allocated = match (&mut survey, i64::try_from(rows)) {
            (Some(survey), Ok(rows)) => survey.allocate(self.db, &self.text, &self.statements, rows).await,
            _ => Ok(None),
        };
        self.survey = survey;
        allocated.map_err(failed::<F>(Stage::Insert))
    }

    /// Statement by statement, as far as it goes.
    async fn write_all_together(&mut self, group: &mut Group) -> Result<()> {
        let size = Group::rows_per_statement(group.values());
        let eventful = self.survey().await?.is_eventful();
        while group.together < group.rows.len() {
            let range = group.together..group.rows.len().min(group.together + size);
            if eventful {
                if !self.write_if_undisturbed(group, range.clone()).await? {
                    return Ok(());
                }
            } else if let Err(error) = self.write_together(group, range.clone()).await? {
                return Err(self.culprit(group, range, error).await);
            }
            group.together = range.end;
        }
        Ok(())
    }

    /// One statement. `false`, and nothing written, where it fails or drops rows: a trigger may have taken the rowids
    /// that were chosen, `on conflict` may have kept an older row with the same key, and after `raise(fail)` half of
    /// the statement stands.
    async fn write_if_undisturbed(&mut self, group: &mut Group, range: Range<usize>) -> Result<bool> {
        self.say("savepoint manufactory_rows").await?;
        let rows = range.len();
        let error = match self.write_together(group, range).await? {
            Ok(written) if usize::try_from(written) == Ok(rows) => {
                self.say("release manufactory_rows").await?;
                return Ok(true);
            }
            Ok(_) => None,
            Err(error) => Some(error),
        };
        let undone = self.say("rollback to manufactory_rows").await;
        match (error, undone) {
            // `raise(rollback)`: the whole transaction is gone, and writing on would be outside of any.
            (Some(error), Err(_)) => Err(failed::<F>(Stage::Insert)(error)),
            (Some(error), _) if !concerns_rows(&error) => Err(failed::<F>(Stage::Insert)(error)),
            (_, undone) => {
                undone?;
                self.say("release manufactory_rows").await?;
                Ok(false)
            }
        }
    }

    async fn say(&mut self, sql: &str) -> Result<()> {
        Sqlite::say(self.db, sql.to_owned()).await.map_err(failed::<F>(Stage::Insert))
    }

    /// One statement, and what is said to it.
    pub(super) async fn write_together(
        &mut self,
        group: &mut Group,
        range: Range<usize>,
    ) -> Result<Result<u64, ::sqlx::Error>> {
        let arguments = self.encode(group, range.clone())?;
        let rowid = match group.found {
            Found::Rowids(_) => self.survey().await?.rowid().map(str::to_owned),
            Found::Keys(_) | Found::Singly => None,
        };
        let text = &self.text;
        let sql = group.sql(range.len(), |columns, rows| text.insert(rowid.as_deref(), columns, rows));
        self.statements.sent();
        let done = query_with(AssertSqlSafe(sql), arguments).persistent(false).execute(&mut *self.db).await;
        Ok(done.map(|done| done.rows_affected()))
    }

    fn encode(&self, group: &Group, range: Range<usize>) -> Result<SqliteArguments> {
        let mut binds = Binds::<Sqlite>::all(range.len() * group.values());
        for offset in range {
            if let Some(rowid) = group.rowid(offset) {
                binds.put("rowid", &rowid);
            }
            binds = self.encode_row(group.rows[offset], binds)?;
        }
        Ok(binds.into_arguments())
    }

    /// Adds the values of a row.
    pub(super) fn encode_row(&self, row: usize, mut binds: Binds<Sqlite>) -> Result<Binds<Sqlite>> {
        if let Some(draft) = &self.drafts[row] {
            draft.write(&mut binds);
        }
        match binds.failed() {
            None => Ok(binds),
            Some((column, error)) => {
                let error = unless_secret::<F>(column, error);
                let error = Error::new(Stage::Encode, F::NAME, error).attribute(F::attribute(column));
                Err(self.about(row, error))
            }
        }
    }

    async fn read(&mut self, group: &Group) -> Result<()> {
        if group.together == 0 || self.has_keys(group).await? {
            return Ok(());
        }
        let size = match &group.found {
            Found::Keys(keys) => Group::rows_per_statement(keys.len()),
            Found::Rowids(_) | Found::Singly => Group::rows_per_statement(0),
        };
        for start in (0..group.together).step_by(size) {
            let range = start..group.together.min(start + size);
            for row in self.fetch(group, range).await? {
                let place: i64 = row.try_get(0).map_err(failed::<F>(Stage::Read))?;
                let offset = match group.found {
                    Found::Rowids(first) => usize::try_from(place - first),
                    Found::Keys(_) | Found::Singly => usize::try_from(place).map(|place| start + place),
                };
                if let Some(&place) = offset.ok().and_then(|offset| group.rows.get(offset)) {
                    self.receive(place, &row)?;
                }
            }
        }
        Ok(())
    }

    /// Takes the rows as made where only their keys are needed, and those are known.
    async fn has_keys(&mut self, group: &Group) -> Result<bool> {
        let only_keys = self.want == Want::Keys;
        let survey = self.survey().await?;
        let mut keys = F::COLUMNS.iter().filter(|column| column.key);
        let is_rowid = keys.next().is_some_and(|key| survey.is_rowid(key.name)) && keys.next().is_none();
        // A trigger may have dropped the row, or given it another key.
        let is_certain = only_keys && !survey.is_eventful();
        let is_keyed = group.is_keyed::<F>();
        if !is_certain || !(is_rowid || is_keyed) {
            return Ok(false);
        }
        for (offset, &row) in group.rows[..group.together].iter().enumerate() {
            let Some(mut draft) = self.drafts[row].take() else { continue };
            if !is_keyed && !group.rowid(offset).is_some_and(|rowid| draft.assign_key(rowid)) {
                self.drafts[row] = Some(draft);
                return Ok(false);
            }
            self.made[row] = Some(Made::Draft(draft));
        }
        Ok(true)
    }

    /// Rows of a group, each behind its rowid or its place in the range.
    async fn fetch(&mut self, group: &Group, range: Range<usize>) -> Result<Vec<SqliteRow>> {
        let (sql, arguments) = match &group.found {
            Found::Keys(keys) => {
                let mut binds = Binds::<Sqlite>::only(keys.clone());
                let sql = self.text.by_keys(keys, range.len());
                for offset in range {
                    binds = self.encode_row(group.rows[offset], binds)?;
                }
                (sql, binds.into_arguments())
            }
            Found::Rowids(_) | Found::Singly => {
                let mut binds = Binds::<Sqlite>::all(2);
                for offset in [range.start, range.end - 1] {
                    binds.put("rowid", &group.rowid(offset));
                }
                let rowid = self.survey().await?.rowid().map_or_else(String::new, str::to_owned);
                (self.text.by_rowids(&rowid), binds.into_arguments())
            }
        };
        self.statements.sent();
        let fetched = query_with(AssertSqlSafe(sql), arguments).persistent(false).fetch_all(&mut *self.db).await;
        fetched.map_err(failed::<F>(Stage::Read))
    }

    /// Makes the model of what came back, behind the one value by which it was told apart.
    pub(super) fn receive(&mut self, row: usize, fetched: &SqliteRow) -> Result<()> {
        let rows = self.drafts.len();
        let Some(draft) = self.drafts[row].take() else {
            return Err(Error::new(Stage::Read, F::NAME, "several rows have its key").at(row, rows));
        };
        let model = draft.read(&mut Fetched::of::<F>(fetched, 1)).map_err(|error| error.at(row, rows))?;
        self.made[row] = Some(Made::Model(model));
        Ok(())
    }

    /// What a row that is still a draft fills.
    pub(super) fn columns(&self, row: usize) -> Vec<&'static crate::persist::Column> {
        filled::<F>(self.drafts[row].as_ref().map_or(0, F::absent))
    }

    /// The error of one row, with its values.
    pub(super) fn about(&self, row: usize, error: Error) -> Error {
        let error = error.at(row, self.drafts.len());
        match &self.drafts[row] {
            Some(draft) => error.values(draft.describe()),
            None => error,
        }
    }

    /// The error of a row that was inserted and is not there.
    pub(super) fn lost(&self, row: usize) -> Error {
        let why = "it is not there after its insert: a trigger or an `on conflict` clause has dropped or changed it";
        self.about(row, Error::new(Stage::Read, F::NAME, why))
    }
}

/// An error that no single row is to blame for.
pub(super) fn failed<F: Stored>(stage: Stage) -> impl Fn(::sqlx::Error) -> Error {
    move |error| Error::new(stage, F::NAME, error)
}
