//! The way of a batch into a table and back: together where the rows can be told apart afterwards, else one by
//! one. Knows the table only from its survey.

use super::found::{Found, groups, rows_per_statement};
use super::survey::Survey;
use super::text::Text;
use super::unfit;
use crate::error::{BoxError, Error, Result, Stage};
use crate::persist::sql::drafts::{Drafted, Form, Terms};
use crate::persist::sql::engine::{Binding, Engine, Fault, Statement};
use crate::persist::sql::group::Group;
use crate::persist::{Db, Want};
use crate::profile::Statements;
use std::collections::HashMap;
use std::ops::Range;

/// Rows on their way.
pub(super) struct Way<'w, 'd, E: Engine> {
    pub(super) db: Db<'w, E>,
    pub(super) text: Text,
    pub(super) statements: Statements,
    /// What is known of the table: nothing, unless it was asked for.
    pub(super) survey: Survey,
    known: bool,
    /// Whether nothing is around the call that takes back what it has written.
    pub(super) is_bare: bool,
    pub(super) rows: &'w mut (dyn Drafted<'d, E> + 'd),
    pub(super) form: Form,
    want: Want,
}

impl<'w, 'd: 'w, E: Engine> Way<'w, 'd, E> {
    pub(super) fn new(rows: &'w mut (dyn Drafted<'d, E> + 'd), db: Db<'w, E>, terms: Terms) -> Self {
        let (form, Terms { statements, want, is_bare, .. }) = (rows.form(), terms);
        Self {
            db,
            text: Text::of(form),
            statements,
            survey: Survey::default(),
            known: false,
            is_bare,
            rows,
            form,
            want,
        }
    }

    /// Looks at the table, once.
    pub(super) async fn know(&mut self) -> Result<()> {
        if !self.known {
            let db = E::reborrow(&mut self.db);
            self.survey = Survey::take::<E>(db, self.form, &self.text, &self.statements, Stage::Insert).await?;
            self.known = true;
        }
        Ok(())
    }

    pub(super) async fn many(&mut self) -> Result<()> {
        self.know().await?;
        let mut groups = groups(&*self.rows, &self.survey, &self.text, self.want);
        for group in &mut groups {
            if self.form.no_returning && matches!(group.way, Found::Made(_) | Found::Singly) {
                return Err(self.nameless());
            }
            if let Found::Singly = group.way {
                for &row in &group.rows {
                    self.one(row).await?;
                }
                continue;
            }
            self.draw(group).await?;
            self.write(group).await?;
            self.read(group).await?;
        }
        Ok(())
    }

    /// Draws a key for each row that needs one.
    async fn draw(&mut self, group: &mut Group<Found>) -> Result<()> {
        let Found::Drawn { default, keys, .. } = &mut group.way else { return Ok(()) };
        let text = Text::draw(default, group.rows.len());
        self.statements.sent();
        let failed = self.form.failed(Stage::Insert);
        let db = E::reborrow(&mut self.db);
        let drawn = E::fetch(db, Statement::once(&text), E::Binds::all(0), |row| Ok(E::text(row, 0))).await;
        let drawn = drawn.map_err(&failed)??.pop().transpose().map_err(failed)?.flatten();
        *keys = Text::drawn(&drawn.unwrap_or_default(), group.rows.len());
        if keys.len() == group.rows.len() {
            return Ok(());
        }
        let why = BoxError::from("the default of its key gives none; make it with a declaration on the key's field");
        Err(Error::new(Stage::Insert, self.form.name, why))
    }

    /// Statement by statement, each under a savepoint: a failed one would take the transaction along, and with it the
    /// search for the row that is to blame. The last one goes with what is around the call.
    async fn write(&mut self, group: &mut Group<Found>) -> Result<()> {
        let size = rows_per_statement(group);
        while group.together < group.rows.len() {
            let range = group.together..group.rows.len().min(group.together + size);
            let set = if group.together == 0 { SET } else { NEXT };
            self.say(set).await?;
            if let Err(error) = self.write_together(group, range.clone()).await? {
                return Err(self.culprit(group, range, error).await);
            }
            group.together = range.end;
        }
        Ok(())
    }

    async fn say(&mut self, sql: &str) -> Result<()> {
        E::say(E::reborrow(&mut self.db), sql.to_owned()).await.map_err(self.form.failed(Stage::Insert))
    }

    /// Whether the rows of a group come back with the statement that inserts them.
    fn comes_back(&self, group: &Group<Found>) -> bool {
        let wanted = match group.way {
            Found::Drawn { .. } | Found::Given => self.want != Want::Keys,
            Found::Made(_) => true,
            Found::Left | Found::Singly => false,
        };
        wanted && !self.survey.is_eventful() && !self.form.no_returning
    }

    /// One statement, and what is said to it.
    async fn write_together(&mut self, group: &mut Group<Found>, range: Range<usize>) -> Result<Result<(), E::Error>> {
        let len = range.len();
        let mut binds = E::Binds::all(len * (group.columns.len() + 1));
        for offset in range.clone() {
            if let Found::Drawn { keys, .. } = &group.way {
                binds.int(keys[offset]);
            }
            self.rows.encode(group.rows[offset], &mut binds)?;
        }
        let (comes_back, text, survey) = (self.comes_back(group), &self.text, &self.survey);
        let sql = group.text(len, |group| match &group.way {
            Found::Given if comes_back => text.insert_matched::<E>(survey, &group.columns, &[], len),
            Found::Made(made) => text.insert_matched::<E>(survey, &group.columns, made, len),
            _ => text.insert::<E>(survey, group, len, comes_back),
        });
        self.statements.sent();
        if !comes_back {
            let done = E::run(E::reborrow(&mut self.db), Statement::once(&sql), binds).await;
            return Ok(done.map(drop));
        }
        self.receive(group, range, &sql, binds).await
    }

    /// Runs a statement that gives rows of a group back: each behind the key that was drawn for it, or behind its place.
    async fn receive(
        &mut self,
        group: &Group<Found>,
        range: Range<usize>,
        sql: &str,
        binds: E::Binds<'d>,
    ) -> Result<Result<(), E::Error>> {
        let places: Option<HashMap<i64, usize>> = match &group.way {
            Found::Drawn { keys, .. } => Some(range.clone().map(|offset| (keys[offset], group.rows[offset])).collect()),
            _ => None,
        };
        let rows = &mut self.rows;
        let fetched = E::fetch(E::reborrow(&mut self.db), Statement::once(sql), binds, |row| {
            let number = E::int(row, 0).map_err(self.form.failed(Stage::Read))?.unwrap_or(-1);
            let place = match &places {
                Some(places) => places.get(&number).copied(),
                None => usize::try_from(number).ok().and_then(|i| group.rows.get(range.start + i)).copied(),
            };
            match place {
                Some(place) => rows.receive(place, row, 1),
                None => Ok(()),
            }
        });
        match fetched.await {
            Ok(received) => received.map(|_| Ok(())),
            Err(error) => Ok(Err(error)),
        }
    }

    /// Reads rows that did not come back with their insert.
    async fn read(&mut self, group: &mut Group<Found>) -> Result<()> {
        if self.comes_back(group) {
            return Ok(());
        }
        let certain = self.want == Want::Keys && !self.survey.is_eventful();
        if matches!(group.way, Found::Left) || certain && self.take_keys(group) {
            for &row in &group.rows {
                self.rows.take_key(row, None);
            }
            return Ok(());
        }
        let size = rows_per_statement(group);
        for start in (0..group.rows.len()).step_by(size) {
            let range = start..group.rows.len().min(start + size);
            let (sql, mut binds) = match &group.way {
                Found::Drawn { column, keys, .. } => {
                    (self.text.by_numbers::<E>(&self.survey, column, &keys[range.clone()]), E::Binds::all(0))
                }
                _ => {
                    let keys: Vec<_> = group.columns.iter().copied().filter(|column| column.key).collect();
                    let only = E::Binds::only(keys.iter().map(|key| key.name).collect());
                    (self.text.like::<E>(&self.survey, &keys, range.len()), only)
                }
            };
            if let Found::Given = group.way {
                for offset in range.clone() {
                    self.rows.encode(group.rows[offset], &mut binds)?;
                }
            }
            self.statements.sent();
            self.receive(group, range, &sql, binds).await?.map_err(self.form.failed(Stage::Read))?;
        }
        Ok(())
    }

    /// Takes the rows as made, with the keys that are known. `false` where those do not fit their type.
    fn take_keys(&mut self, group: &Group<Found>) -> bool {
        let Found::Drawn { keys, .. } = &group.way else { return true };
        group.rows.iter().zip(keys).all(|(&row, &key)| self.rows.take_key(row, Some(key)))
    }

    /// What to say where a row could not be found again.
    fn nameless(&self) -> Error {
        let why = "its table has `no_returning`, and nothing tells which key a row gets; make the key with a declaration \
                   on its field";
        Error::new(Stage::Insert, self.form.name, BoxError::from(why))
    }
}

const SET: &str = "savepoint manufactory_rows";
const NEXT: &str = "release savepoint manufactory_rows; savepoint manufactory_rows";
const UNDO: &str = "rollback to savepoint manufactory_rows";

/// Which row of a failed statement is to blame.
impl<E: Engine> Way<'_, '_, E> {
    /// Looks for the first row that cannot be written: the rows before it are written again by halves, as long as some
    /// can be, so that a row that collides with another of the same statement is found as well.
    async fn culprit(&mut self, group: &mut Group<Found>, failing: Range<usize>, error: E::Error) -> Error {
        if E::fault(&error) == Fault::Other {
            return self.unreturned(error);
        }
        let Range { start: mut first, mut end } = failing;
        let mut error = error;
        if let Err(error) = self.say(UNDO).await {
            return error;
        }
        while end - first > 1 {
            let middle = first + (end - first) / 2;
            match self.write_together(group, first..middle).await {
                Ok(Ok(())) => {
                    first = middle;
                    if let Err(error) = self.say(NEXT).await {
                        return error;
                    }
                }
                Ok(Err(earlier)) => {
                    (end, error) = (middle, earlier);
                    if let Err(error) = self.say(UNDO).await {
                        return error;
                    }
                }
                Err(error) => return error,
            }
        }
        self.refused(group.rows[first], error).await
    }

    /// The error of the row that is refused, unless the statement is, whatever its values.
    async fn refused(&mut self, row: usize, error: E::Error) -> Error {
        let fault = E::fault(&error);
        let failed = self.unreturned(error);
        match fault {
            Fault::Values => self.rows.refused(row, failed, unfit),
            Fault::Other => failed,
            Fault::Unclear => {
                // A statement that can be prepared is sound.
                let columns = self.rows.columns(row);
                let insert = self.text.insert_plainly::<E>(&self.survey, &columns);
                let insert = Statement::once(&insert).numbered();
                let prepare = format!("prepare manufactory_check as {insert}");
                if self.say(&prepare).await.is_err() {
                    return failed;
                }
                let _ = self.say("deallocate manufactory_check").await;
                self.rows.refused(row, failed, unfit)
            }
        }
    }

    /// The error of a statement, and what to do where it is RETURNING that the table refuses.
    pub(super) fn unreturned(&self, error: E::Error) -> Error {
        let text = error.to_string();
        if text.contains("RETURNING") && !self.form.no_returning {
            let why = format!("{text}; write `#[factory(no_returning)]` on `{}`", self.form.name);
            return Error::new(Stage::Insert, self.form.name, BoxError::from(why));
        }
        self.form.failed(Stage::Insert)(error)
    }
}
