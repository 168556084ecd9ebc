//! What there is to know of a table: how its rows are told apart, and what may happen to them. Inserts nothing.

use super::text::Text;
use crate::error::{Error, Result, Stage};
use crate::persist::Db;
use crate::persist::sql::engine::{Binding, Engine, Fault, Statement};
use crate::profile::Statements;

/// One table.
pub(super) struct Survey {
    /// All names by which its rowids are reached, the best one first: that of an `INTEGER PRIMARY KEY`, then those that
    /// no column hides. None for views and `WITHOUT ROWID`.
    rowid: Vec<String>,
    /// Where `sqlite_sequence` is, for `AUTOINCREMENT`.
    sequence: Option<String>,
    view: bool,
    eventful: bool,
    /// The largest rowid in use, where it is known.
    top: Option<i64>,
}

impl Survey {
    pub(super) async fn take<E: Engine>(
        mut db: Db<'_, E>,
        text: &Text,
        statements: &Statements,
    ) -> Result<Result<Self>, E::Error> {
        // Asking for the largest rowid in passing saves a statement, and fails where there are no rowids.
        statements.sent();
        let read = |has_rowid| move |row: &E::Row<'_, '_>| Ok(Self::read::<E>(row, has_rowid));
        let asked = text.survey(true);
        let asked = E::fetch(E::reborrow(&mut db), Statement::lasting(&asked), E::Binds::all(0), read(true)).await;
        let surveys = match asked {
            Err(error) if E::fault(&error) != Fault::Other => {
                statements.sent();
                let plain = text.survey(false);
                E::fetch(E::reborrow(&mut db), Statement::lasting(&plain), E::Binds::all(0), read(false)).await?
            }
            asked => asked?,
        };
        let survey = surveys.map(|mut surveys| surveys.pop());
        match survey {
            Ok(Some(survey)) => survey.map(Ok),
            Ok(None) => Ok(Err(Error::new(Stage::Insert, "a table", "SQLite says nothing of it"))),
            Err(error) => Ok(Err(error)),
        }
    }

    fn read<E: Engine>(row: &E::Row<'_, '_>, has_rowid: bool) -> Result<Self, E::Error> {
        let flag = |place| Ok::<_, E::Error>(E::int(row, place)?.unwrap_or_default() != 0);
        let (home, view) = (E::text(row, 1)?, flag(2)?);
        let sequence = if flag(3)? { home } else { None };
        let alias = E::text(row, 5)?;
        let hidden = E::text(row, 6)?.unwrap_or_default();
        let is_free = |name: &&str| hidden.split(',').all(|column| column != *name);
        let free = ["_rowid_", "rowid", "oid"].into_iter().filter(is_free).map(str::to_owned);
        let rowid = if has_rowid && !view { alias.into_iter().chain(free).collect() } else { Vec::new() };
        // What was asked for was a column of that name; or `sqlite_sequence` has to be asked as well.
        let is_top = hidden.is_empty() && sequence.is_none();
        let top = if is_top { Some(E::int(row, 0)?.unwrap_or(0)) } else { None };
        Ok(Self { rowid, sequence, view, eventful: flag(4)?, top })
    }

    /// The name by which rowids are reached.
    pub(super) fn rowid(&self) -> Option<&str> {
        self.rowid.first().map(String::as_str)
    }

    /// Whether this column is another name of the rowid.
    pub(super) fn is_rowid(&self, column: &str) -> bool {
        self.rowid.iter().any(|name| name.eq_ignore_ascii_case(column))
    }

    /// The schema whose `sqlite_sequence` counts the table's rowids.
    pub(super) fn sequence(&self) -> Option<&str> {
        self.sequence.as_deref()
    }

    /// Whether it is a view: then nobody can tell how many rows were inserted.
    pub(super) fn is_view(&self) -> bool {
        self.view
    }

    /// Whether a trigger or an `ON CONFLICT` clause may change, replace or drop rows.
    pub(super) fn is_eventful(&self) -> bool {
        self.eventful
    }

    /// Rowids may have been used since: the largest has to be asked for again.
    pub(super) fn forget_top(&mut self) {
        self.top = None;
    }

    /// The first of `rows` rowids that are larger than all others. `None` where there are not so many.
    pub(super) async fn allocate<E: Engine>(
        &mut self,
        mut db: Db<'_, E>,
        text: &Text,
        statements: &Statements,
        rows: i64,
    ) -> Result<Option<i64>, E::Error> {
        let Some(rowid) = self.rowid() else {
            return Ok(None);
        };
        let top = match self.top {
            Some(top) => top,
            None => {
                statements.sent();
                let top = text.top(rowid, self);
                let tops = E::fetch(E::reborrow(&mut db), Statement::lasting(&top), E::Binds::all(0), |row| {
                    Ok(E::int(row, 0))
                })
                .await?;
                tops.ok().and_then(|mut tops| tops.pop()).transpose()?.flatten().unwrap_or_default()
            }
        };
        let last = top.checked_add(rows);
        self.top = last.or(Some(top));
        Ok(last.map(|_| top + 1))
    }
}
