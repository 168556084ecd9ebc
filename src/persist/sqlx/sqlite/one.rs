//! One row in one statement that gives it back. Knows nothing of other rows.

use super::super::Binds;
use super::Stored;
use super::batch::{Batch, failed};
use crate::error::{Result, Stage};
use crate::persist::Sink;
use ::sqlx::sqlite::{SqliteRow, SqliteValueRef};
use ::sqlx::{AssertSqlSafe, Decode, Error, Row, Sqlite, TypeInfo, ValueRef, query, query_with};

impl<F: Stored> Batch<'_, F> {
    /// Inserts one row.
    pub(super) async fn one(&mut self, row: usize) -> Result<()> {
        let columns = self.columns(row);
        let sql = self.text.insert_one(&columns);
        let arguments = self.encode_row(row, Binds::all(columns.len()))?.into_arguments();
        // All rows are fetched though there is one: a foreign key that points nowhere fails after it was given back.
        self.statements.sent();
        let returned = query_with(AssertSqlSafe(sql), arguments).fetch_all(&mut *self.db).await;
        let returned = match returned {
            Ok(rows) => rows.into_iter().next(),
            Err(error) => return Err(self.refused(row, &columns, error).await),
        };
        let Some(returned) = returned else {
            return Err(self.lost(row));
        };
        let may_have_changed: bool = returned.try_get(0).map_err(failed::<F>(Stage::Read))?;
        if !may_have_changed {
            return self.receive(row, &returned);
        }
        match self.again(returned).await? {
            Some(fetched) => self.receive(row, &fetched),
            None => Err(self.lost(row)),
        }
    }

    /// The row as triggers have left it. Where it has neither rowid nor key it stays as it was given back.
    async fn again(&mut self, returned: SqliteRow) -> Result<Option<SqliteRow>> {
        let failed = failed::<F>(Stage::Read);
        if let Some(rowid) = self.survey().await?.rowid() {
            let rowid = rowid.to_owned();
            self.statements.sent();
            return query(AssertSqlSafe(self.text.last(&rowid))).fetch_optional(&mut *self.db).await.map_err(failed);
        }
        let keys = F::COLUMNS.iter().filter(|column| column.key).count();
        let readable = F::COLUMNS.iter().filter(|column| column.read);
        let mut binds = Binds::<Sqlite>::all(keys);
        let mut names = Vec::with_capacity(keys);
        for (i, key) in (1..).zip(readable).filter(|(_, column)| column.key) {
            let value = if F::WHOLE { returned.try_get_raw(key.name) } else { returned.try_get_raw(i) };
            let value = value.map_err(&failed)?;
            if !value.is_null() {
                copy(key.name, value, &mut binds).map_err(&failed)?;
                names.push(key.name);
            }
        }
        if keys == 0 || names.len() < keys {
            return Ok(Some(returned));
        }
        let sql = AssertSqlSafe(self.text.by_keys(&names, 1));
        self.statements.sent();
        query_with(sql, binds.into_arguments()).fetch_optional(&mut *self.db).await.map_err(failed)
    }
}

/// Binds a value that came back, as what it was.
fn copy(column: &'static str, value: SqliteValueRef<'_>, binds: &mut Binds<Sqlite>) -> Result<(), Error> {
    let decoded = match value.type_info().name() {
        "INTEGER" => i64::decode(value).map(|value| binds.put(column, &value)),
        "REAL" => f64::decode(value).map(|value| binds.put(column, &value)),
        "TEXT" => String::decode(value).map(|value| binds.put(column, &value)),
        _ => Vec::<u8>::decode(value).map(|value| binds.put(column, &value)),
    };
    decoded.map_err(Error::Decode)
}
