//! The way of a batch into a table and back: together where the rows can be told apart afterwards, else one by
//! one. Knows the table only from its survey.

use super::rows_per_statement;
use super::survey::Survey;
use super::text::Text;
use super::unfit;
use crate::error::{BoxError, Error, Result, Stage};
use crate::persist::sql::drafts::{Drafted, Form, Terms};
use crate::persist::sql::engine::{Binding, Engine, Fault, Statement};
use crate::persist::sql::group::{self, Group};
use crate::persist::{Column, Db, Want};
use crate::profile::Statements;
use std::ops::Range;

/// How rows are found again.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// By the numbers that the database assigns to this column: all at once, as it knows beforehand how many rows a
    /// statement has. <https://dev.mysql.com/doc/refman/8.4/en/innodb-auto-increment-handling.html>
    Counted(&'static Column),
    /// By the values of all columns of the key, which the rows bring with them.
    Given,
    /// Not at all: nobody wants them.
    Left,
    /// Only by what the statement that inserts them gives back, so one by one.
    Singly,
}

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

    /// How rows that fill these columns are found again.
    pub(super) fn found(&self, columns: &[&'static Column], want: Want) -> Found {
        let is_open = |key: &&'static Column| columns.iter().all(|column| column.name != key.name);
        let open: Vec<_> = self.text.names.keys().filter(is_open).collect();
        match open[..] {
            [] if self.text.names.keys().next().is_some() => Found::Given,
            [] if want == Want::Keys => Found::Left,
            [key] if self.survey.counts(&self.text, key) => Found::Counted(key),
            _ => Found::Singly,
        }
    }

    pub(super) async fn many(&mut self) -> Result<()> {
        self.know().await?;
        let mut groups = group::groups(&*self.rows, |columns| self.found(columns, self.want));
        // Given keys first: those that are counted go on above them.
        groups.sort_by_key(|group| group.way != Found::Given);
        for group in &mut groups {
            if group.way == Found::Singly {
                for &row in &group.rows {
                    self.one(row).await?;
                }
                continue;
            }
            let size = rows_per_statement(group.columns.len());
            while group.together < group.rows.len() {
                let range = group.together..group.rows.len().min(group.together + size);
                let first = match self.write_together(group, range.clone()).await? {
                    Ok(first) => first,
                    Err(error) => return Err(self.culprit(group, range, error).await),
                };
                group.together = range.end;
                self.read(group, range, first).await?;
            }
        }
        Ok(())
    }

    /// One statement, and the first key that it was assigned, or what is said to it.
    async fn write_together(
        &mut self,
        group: &mut Group<Found>,
        range: Range<usize>,
    ) -> Result<Result<Option<u64>, E::Error>> {
        let len = range.len();
        let mut binds = E::Binds::all(len * group.columns.len());
        for offset in range {
            self.rows.encode(group.rows[offset], &mut binds)?;
        }
        let text = &self.text;
        let sql = group.text(len, |group| text.insert(&group.columns, len));
        self.statements.sent();
        let done = E::run(E::reborrow(&mut self.db), Statement::once(&sql), binds).await;
        Ok(done.map(|done| done.first_key))
    }

    /// Reads rows that were inserted together.
    async fn read(&mut self, group: &Group<Found>, range: Range<usize>, first: Option<u64>) -> Result<()> {
        let first = match group.way {
            Found::Counted(_) => self.first(first).await?,
            Found::Given | Found::Left | Found::Singly => 0,
        };
        let increment = self.survey.increment;
        let number = |offset: usize| i64::try_from(offset - range.start).map_or(first, |k| first + k * increment);
        if group.way == Found::Left || self.want == Want::Keys {
            let numbered = matches!(group.way, Found::Counted(_));
            let mut rows = range.clone();
            let take = |offset: usize| self.rows.take_key(group.rows[offset], numbered.then(|| number(offset)));
            if rows.all(take) {
                return Ok(());
            }
        }
        let (sql, binds) = match group.way {
            Found::Counted(column) => {
                let mut binds = E::Binds::all(2);
                binds.int(first);
                binds.int(number(range.end - 1));
                (self.text.by_numbers(column), binds)
            }
            Found::Given | Found::Left | Found::Singly => {
                let keys: Vec<_> = group.columns.iter().copied().filter(|column| column.key).collect();
                let mut binds = E::Binds::only(keys.iter().map(|key| key.name).collect());
                for offset in range.clone() {
                    self.rows.encode(group.rows[offset], &mut binds)?;
                }
                (self.text.like(&self.survey, &keys, range.len()), binds)
            }
        };
        self.statements.sent();
        let rows = &mut self.rows;
        let fetched = E::fetch(E::reborrow(&mut self.db), Statement::once(&sql), binds, |row| {
            let place = E::int(row, 0).map_err(self.form.failed(Stage::Read))?.unwrap_or(-1);
            let place = match group.way {
                Found::Counted(_) if (place - first) % increment == 0 => (place - first) / increment,
                Found::Counted(_) => return Ok(()),
                Found::Given | Found::Left | Found::Singly => place,
            };
            let offset = usize::try_from(place).ok().map(|place| range.start + place);
            match offset.filter(|offset| range.contains(offset)) {
                Some(offset) => rows.receive(group.rows[offset], row, 1),
                None => Ok(()),
            }
        });
        fetched.await.map_err(self.form.failed(Stage::Read))?.map(drop)
    }

    /// The first key that the last statement was assigned.
    pub(super) async fn first(&mut self, told: Option<u64>) -> Result<i64> {
        if let Some(first) = told.and_then(|first| i64::try_from(first).ok()) {
            return Ok(first);
        }
        let text = Text::first_key();
        self.statements.sent();
        let failed = self.form.failed(Stage::Read);
        let db = E::reborrow(&mut self.db);
        let keys = E::fetch(db, Statement::lasting(&text), E::Binds::all(0), |row| Ok(E::int(row, 0))).await;
        Ok(keys.map_err(&failed)??.pop().transpose().map_err(failed)?.flatten().unwrap_or_default())
    }

    /// What to say where a row could not be found again.
    pub(super) fn nameless(&self) -> Error {
        let why = "the server does not give back what was inserted, and nothing tells which key the row got; make the key \
                   with a declaration on its field";
        Error::new(Stage::Read, self.form.name, BoxError::from(why))
    }
}

/// Which row of a failed statement is to blame.
impl<E: Engine> Way<'_, '_, E> {
    /// Looks for the first row that cannot be written: the rows before it are written again by halves, as long as some
    /// can be, so that a row that collides with another of the same statement is found as well. A failed statement has
    /// written nothing.
    async fn culprit(&mut self, group: &mut Group<Found>, failing: Range<usize>, error: E::Error) -> Error {
        // Some errors end the transaction. What is written then would stay.
        let fault = E::fault(&error);
        if fault == Fault::Other || fault == Fault::Unclear && !self.is_in_transaction().await {
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

    /// Outside of a transaction a savepoint is gone as soon as it is set.
    async fn is_in_transaction(&mut self) -> bool {
        for sql in ["savepoint manufactory_rows", "release savepoint manufactory_rows"] {
            if E::say(E::reborrow(&mut self.db), sql.to_owned()).await.is_err() {
                return false;
            }
        }
        true
    }

    /// The error of the row that is refused, unless the statement is, whatever its values.
    pub(super) async fn refused(&mut self, row: usize, error: E::Error) -> Error {
        let (fault, is_lost) = (E::fault(&error), E::is_lost(&error));
        let failed = self.form.failed(Stage::Insert)(error);
        if is_lost && self.is_bare {
            return failed.unanswered();
        }
        match fault {
            Fault::Values => self.rows.refused(row, failed, unfit),
            Fault::Other => failed,
            Fault::Unclear => {
                // A statement that can be prepared is sound.
                let insert = Statement::once(&self.text.insert(&self.rows.columns(row), 1)).marked();
                let prepare = format!("prepare manufactory_check from {}", self.text.names.literal(&insert));
                match E::say(E::reborrow(&mut self.db), prepare).await {
                    Ok(()) => self.rows.refused(row, failed, unfit),
                    Err(_) => failed,
                }
            }
        }
    }
}
