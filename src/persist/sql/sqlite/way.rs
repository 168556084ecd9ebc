//! The way of a batch into a table and back: together where the rows can be told apart afterwards, else one by
//! one. Knows the table only from its survey.

use super::found::{Found, groups, is_keyed, rowid, rows_per_statement, values};
use super::survey::Survey;
use super::text::Text;
use super::unfit;
use crate::error::{Error, Result, Stage};
use crate::persist::sql::drafts::{Drafted, Form, Terms};
use crate::persist::sql::engine::{Binding, Engine, Fault, Statement};
use crate::persist::sql::group::Group;
use crate::persist::{Db, Want};
use crate::profile::Statements;
use std::ops::Range;

/// Rows on their way.
pub(super) struct Way<'w, 'd, E: Engine> {
    pub(super) db: Db<'w, E>,
    pub(super) text: Text,
    pub(super) statements: Statements,
    survey: Option<Survey>,
    pub(super) rows: &'w mut (dyn Drafted<'d, E> + 'd),
    pub(super) form: Form,
    want: Want,
}

impl<'w, 'd: 'w, E: Engine> Way<'w, 'd, E> {
    pub(super) fn new(rows: &'w mut (dyn Drafted<'d, E> + 'd), db: Db<'w, E>, terms: Terms) -> Self {
        let (form, Terms { statements, want, .. }) = (rows.form(), terms);
        Self { db, text: Text::of(form), statements, survey: None, rows, form, want }
    }

    pub(super) async fn many(&mut self) -> Result<()> {
        self.survey().await?;
        let Some(survey) = &self.survey else { return Ok(()) };
        let mut groups = groups(&*self.rows, survey, &self.text.names);
        for group in &mut groups {
            self.write(group).await?;
        }
        for group in &groups {
            self.read(group).await?;
        }
        Ok(())
    }

    /// What is known of the table.
    pub(super) async fn survey(&mut self) -> Result<&mut Survey> {
        let survey = match self.survey.take() {
            Some(survey) => survey,
            None => {
                let taken = Survey::take::<E>(E::reborrow(&mut self.db), &self.text, &self.statements).await;
                taken.map_err(self.form.failed(Stage::Insert))??
            }
        };
        Ok(self.survey.insert(survey))
    }

    async fn write(&mut self, group: &mut Group<Found>) -> Result<()> {
        if let Found::Rowids(first) = &mut group.way {
            match self.allocate(group.rows.len()).await? {
                Some(allocated) => *first = allocated,
                // The largest rowid there can be is in use; SQLite then looks for others.
                None => group.way = Found::Singly,
            }
        }
        if !matches!(group.way, Found::Singly) {
            self.write_all_together(group).await?;
        }
        for &row in &group.rows[group.together..] {
            self.one(row).await?;
        }
        let survey = self.survey().await?;
        if survey.is_eventful() || !matches!(group.way, Found::Rowids(_)) {
            survey.forget_top();
        }
        Ok(())
    }

    async fn allocate(&mut self, rows: usize) -> Result<Option<i64>> {
        let mut survey = self.survey.take();
        let allocated = match (&mut survey, i64::try_from(rows)) {
            (Some(survey), Ok(rows)) => {
                survey.allocate::<E>(E::reborrow(&mut self.db), &self.text, &self.statements, rows).await
            }
            _ => Ok(None),
        };
        self.survey = survey;
        allocated.map_err(self.form.failed(Stage::Insert))
    }

    /// Statement by statement, as far as it goes.
    async fn write_all_together(&mut self, group: &mut Group<Found>) -> Result<()> {
        let size = rows_per_statement(values(group));
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
    async fn write_if_undisturbed(&mut self, group: &mut Group<Found>, range: Range<usize>) -> Result<bool> {
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
            (Some(error), Err(_)) => Err(self.form.failed(Stage::Insert)(error)),
            (Some(error), _) if E::fault(&error) == Fault::Other => Err(self.form.failed(Stage::Insert)(error)),
            (_, undone) => {
                undone?;
                self.say("release manufactory_rows").await?;
                Ok(false)
            }
        }
    }

    async fn say(&mut self, sql: &str) -> Result<()> {
        E::say(E::reborrow(&mut self.db), sql.to_owned()).await.map_err(self.form.failed(Stage::Insert))
    }

    /// One statement, and what is said to it.
    pub(super) async fn write_together(
        &mut self,
        group: &mut Group<Found>,
        range: Range<usize>,
    ) -> Result<Result<u64, E::Error>> {
        let alias = match group.way {
            Found::Rowids(_) => self.survey().await?.rowid().map(str::to_owned),
            Found::Keys(_) | Found::Singly => None,
        };
        let mut binds = E::Binds::all(range.len() * values(group));
        for offset in range.clone() {
            if let Some(rowid) = rowid(group, offset) {
                binds.int(rowid);
            }
            self.rows.encode(group.rows[offset], &mut binds)?;
        }
        let text = group.text(range.len(), |group| self.text.insert(alias.as_deref(), &group.columns, range.len()));
        self.statements.sent();
        let done = E::run(E::reborrow(&mut self.db), Statement::once(&text), binds).await;
        Ok(done.map(|done| done.rows))
    }

    async fn read(&mut self, group: &Group<Found>) -> Result<()> {
        if group.together == 0 || self.has_keys(group) {
            return Ok(());
        }
        let size = match &group.way {
            Found::Keys(keys) => rows_per_statement(keys.len()),
            Found::Rowids(_) | Found::Singly => rows_per_statement(0),
        };
        for start in (0..group.together).step_by(size) {
            self.fetch(group, start..group.together.min(start + size)).await?;
        }
        Ok(())
    }

    /// Takes the rows as made where only their keys are needed, and those are known.
    fn has_keys(&mut self, group: &Group<Found>) -> bool {
        let only_keys = self.want == Want::Keys;
        let survey = self.survey.take();
        let eventful = survey.as_ref().is_none_or(Survey::is_eventful);
        let names = &self.text.names;
        let is_alias = |key| survey.as_ref().is_some_and(|survey| survey.is_rowid(names.plain(key)));
        let mut keys = names.keys();
        let is_rowid = keys.next().is_some_and(is_alias) && keys.next().is_none();
        self.survey = survey;
        // A trigger may have dropped the row, or given it another key.
        let is_certain = only_keys && !eventful;
        let is_keyed = is_keyed(&group.columns, &self.text.names);
        if !is_certain || !(is_rowid || is_keyed) {
            return false;
        }
        for (offset, &row) in group.rows[..group.together].iter().enumerate() {
            let assigned = if is_keyed { None } else { rowid(group, offset) };
            if !(is_keyed || assigned.is_some()) || !self.rows.take_key(row, assigned) {
                return false;
            }
        }
        true
    }

    /// Fetches rows of a group, each behind its rowid or its place in the range.
    async fn fetch(&mut self, group: &Group<Found>, range: Range<usize>) -> Result<()> {
        let start = range.start;
        let (text, binds) = match &group.way {
            Found::Keys(keys) => {
                let mut binds = E::Binds::only(keys.iter().map(|key| key.name).collect());
                let text = self.text.by_keys(keys, range.len());
                for offset in range {
                    self.rows.encode(group.rows[offset], &mut binds)?;
                }
                (text, binds)
            }
            Found::Rowids(_) | Found::Singly => {
                let mut binds = E::Binds::all(2);
                for offset in [range.start, range.end - 1] {
                    binds.int(rowid(group, offset).unwrap_or_default());
                }
                let alias = self.survey().await?.rowid().map_or_else(String::new, str::to_owned);
                (self.text.by_rowids(&alias), binds)
            }
        };
        self.statements.sent();
        let (rows, way) = (&mut self.rows, &group.way);
        let fetched = E::fetch(E::reborrow(&mut self.db), Statement::once(&text), binds, |row| {
            let place = E::int(row, 0).map_err(self.form.failed(Stage::Read))?.unwrap_or(-1);
            let offset = match way {
                Found::Rowids(first) => usize::try_from(place - first),
                Found::Keys(_) | Found::Singly => usize::try_from(place).map(|place| start + place),
            };
            match offset.ok().and_then(|offset| group.rows.get(offset)) {
                Some(&place) => rows.receive(place, row, 1),
                None => Ok(()),
            }
        });
        fetched.await.map_err(self.form.failed(Stage::Read))?.map(drop)
    }
}

/// Which row of a failed statement is to blame.
impl<E: Engine> Way<'_, '_, E> {
    /// Looks for the first row that cannot be written: the rows before it are written again by halves, as long as some
    /// can be, so that a row that collides with another of the same statement is found as well. A failed statement has
    /// written nothing.
    async fn culprit(&mut self, group: &mut Group<Found>, failing: Range<usize>, error: E::Error) -> Error {
        if E::fault(&error) == Fault::Other {
            return self.form.failed(Stage::Insert)(error);
        }
        let Range { start: mut first, mut end } = failing;
        let mut error = error;
        while end - first > 1 {
            let middle = first + (end - first) / 2;
            match self.write_together(group, first..middle).await {
                Ok(Ok(_)) => first = middle,
                Ok(Err(earlier)) => (end, error) = (middle, earlier),
                Err(error) => return error,
            }
        }
        self.refused(group.rows[first], error).await
    }

    /// The error of the row that is refused, unless the statement is, whatever its values.
    pub(super) async fn refused(&mut self, row: usize, error: E::Error) -> Error {
        let error = self.form.failed(Stage::Insert)(error);
        // To explain it is to read it, and to do nothing.
        let explained = format!("explain {}", self.text.insert_one(&self.rows.columns(row))).replace('\0', "null");
        match E::say(E::reborrow(&mut self.db), explained).await {
            Ok(()) => self.rows.refused(row, error, unfit),
            Err(_) => error,
        }
    }
}
