//! What there is to know of a table: how its rows are told apart, and what may happen to them. Inserts nothing.

use super::text::Text;
use crate::profile::Statements;
use ::sqlx::{AssertSqlSafe, Error, Row, SqliteConnection, query, query_scalar};

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
    pub(super) async fn take(db: &mut SqliteConnection, text: &Text, statements: &Statements) -> Result<Self, Error> {
        let (table, schema) = text.table();
        // Asking for the largest rowid in passing saves a statement, and fails where there are no rowids.
        statements.sent();
        let asked = query(AssertSqlSafe(text.survey(true))).bind(table).bind(schema).fetch_one(&mut *db).await;
        let (row, has_rowid) = match asked {
            Ok(row) => (row, true),
            Err(Error::Database(_)) => {
                statements.sent();
                let plain = query(AssertSqlSafe(text.survey(false))).bind(table).bind(schema);
                (plain.fetch_one(db).await?, false)
            }
            Err(error) => return Err(error),
        };
        let (home, view): (Option<String>, bool) = (row.try_get(1)?, row.try_get(2)?);
        let sequence = if row.try_get(3)? { home } else { None };
        let alias: Option<String> = row.try_get(5)?;
        let hidden = row.try_get::<Option<String>, _>(6)?.unwrap_or_default();
        let is_free = |name: &&str| hidden.split(',').all(|column| column != *name);
        let free = ["_rowid_", "rowid", "oid"].into_iter().filter(is_free).map(str::to_owned);
        let rowid = if has_rowid && !view { alias.into_iter().chain(free).collect() } else { Vec::new() };
        // What was asked for was a column of that name; or `sqlite_sequence` has to be asked as well.
        let is_top = hidden.is_empty() && sequence.is_none();
        let top = if is_top { Some(row.try_get::<Option<i64>, _>(0)?.unwrap_or(0)) } else { None };
        Ok(Self { rowid, sequence, view, eventful: row.try_get(4)?, top })
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
    pub(super) async fn allocate(
        &mut self,
        db: &mut SqliteConnection,
        text: &Text,
        statements: &Statements,
        rows: i64,
    ) -> Result<Option<i64>, Error> {
        let Some(rowid) = self.rowid() else {
            return Ok(None);
        };
        let top = match self.top {
            Some(top) => top,
            None => {
                statements.sent();
                query_scalar(AssertSqlSafe(text.top(rowid, self))).bind(text.table().0).fetch_one(db).await?
            }
        };
        let last = top.checked_add(rows);
        self.top = last.or(Some(top));
        Ok(last.map(|_| top + 1))
    }
}
