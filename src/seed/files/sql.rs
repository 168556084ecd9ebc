//! Statements of SQL. Knows how each dialect spells names and literals.
//!
//! Each inserts some hundred rows, one per line. A column that a row leaves to the database is `default`; SQLite has no such
//! word, so a statement there ends where rows fill other columns. Backslashes are escaped for MySQL, whose mode
//! `NO_BACKSLASH_ESCAPES` is not supported, and not for Postgres, where `standard_conforming_strings` has to be on, as it is
//! unless somebody turned it off. No text may hold a NUL.

use super::cell::{Cell, float, hex, no_number};
use super::part::Part;
use super::{Dialect, RowWriter, Shape};
use crate::error::BoxError;
use crate::persist::Values;
use crate::persist::sql::engine::Table;
use crate::persist::sql::quotes::Quotes;
use std::borrow::Cow;
use std::path::Path;

/// How many rows a statement has at most.
const ROWS: usize = 500;

/// From how many bytes on a statement gets no further row: far less than the packets that MySQL takes.
const BYTES: usize = 1 << 20;

/// A file of SQL that is being written.
pub(super) struct Sql {
    shape: Shape,
    part: Part,
    dialect: Dialect,
    table: String,
    statement: Statement,
}

/// The statement that is being written. It has no rows where there is none.
#[derive(Default)]
struct Statement {
    rows: usize,
    bytes: usize,
    /// The columns that are not in it.
    left_out: Vec<usize>,
}

impl Sql {
    pub(super) fn open(path: &Path, shape: &Shape, dialect: Dialect) -> Result<Self, BoxError> {
        let mut part = Part::create(path)?;
        if dialect == Dialect::Mysql {
            // What the file is written in, whatever the client's own settings are.
            part.put("set names utf8mb4;\nset time_zone = '+00:00';\n")?;
        }
        let (shape, table) = (shape.clone(), quotes(dialect).table(&Table::declared(shape.table)));
        Ok(Self { shape, part, dialect, table, statement: Statement::default() })
    }

    /// Adds a row's values to the statement that is being written, or to a new one without these columns.
    fn add(&mut self, values: &str, left_out: Vec<usize>) -> Result<(), BoxError> {
        let Statement { rows, bytes, .. } = self.statement;
        if rows == ROWS || bytes >= BYTES || left_out != self.statement.left_out {
            self.end()?;
        }
        if self.statement.rows == 0 {
            self.part.put(&self.head(&left_out))?;
            self.statement.left_out = left_out;
        } else {
            self.part.put(",\n")?;
        }
        self.part.put(values)?;
        self.statement.rows += 1;
        self.statement.bytes += values.len();
        Ok(())
    }

    /// `insert into "posts" ("id", "title") values`
    fn head(&self, left_out: &[usize]) -> String {
        let columns = self.shape.columns.iter().enumerate().filter(|(index, _)| !left_out.contains(index));
        let names: Vec<_> = columns.map(|(_, column)| quotes(self.dialect).name(column.name)).collect();
        format!("insert into {} ({}) values\n", self.table, names.join(", "))
    }

    /// Ends the statement that is being written, if there is one.
    fn end(&mut self) -> Result<(), BoxError> {
        if self.statement.rows > 0 {
            self.part.put(";\n")?;
        }
        self.statement = Statement::default();
        Ok(())
    }
}

impl RowWriter for Sql {
    fn write(&mut self, rows: &[Values]) -> Result<(), BoxError> {
        let mut values = String::new();
        for row in rows {
            let mut left_out = Vec::new();
            values.clear();
            self.shape.each(row, |index, cell| {
                let value = match cell {
                    Some(cell) => literal(self.dialect, &cell)?.into(),
                    None if self.dialect == Dialect::Sqlite => {
                        left_out.push(index);
                        return Ok(());
                    }
                    None => Cow::Borrowed("default"),
                };
                values.push_str(if values.is_empty() { "(" } else { ", " });
                values.push_str(&value);
                Ok(())
            })?;
            if values.is_empty() {
                self.end()?;
                self.part.put(&format!("insert into {} default values;\n", self.table))?;
            } else {
                values.push(')');
                self.add(&values, left_out)?;
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), BoxError> {
        self.end()?;
        self.part.finish()
    }
}

fn quotes(dialect: Dialect) -> Quotes {
    match dialect {
        Dialect::Mysql => Quotes::MYSQL,
        Dialect::Sqlite | Dialect::Postgres => Quotes::STANDARD,
    }
}

fn literal(dialect: Dialect, cell: &Cell<'_>) -> Result<String, BoxError> {
    Ok(match cell {
        Cell::Null => "null".to_owned(),
        Cell::Bool(value) => value.to_string(),
        Cell::Int(value) => value.to_string(),
        Cell::UInt(value) if dialect == Dialect::Sqlite && i64::try_from(*value).is_err() => {
            return Err("SQLite has no integer as large as this".into());
        }
        Cell::UInt(value) => value.to_string(),
        Cell::Single(_) | Cell::Double(_) => match (float(cell), dialect) {
            (Some(number), _) => number,
            (None, Dialect::Postgres) => format!("'{}'", no_number(cell)),
            (None, _) => return Err(format!("the dialect `{dialect}` has no {}", no_number(cell)).into()),
        },
        Cell::Text(value) => text(dialect, value)?,
        Cell::Bytes(bytes) if dialect == Dialect::Postgres => format!("'\\x{}'", hex(bytes)),
        Cell::Bytes(bytes) => format!("x'{}'", hex(bytes)),
        Cell::Json(json) => text(dialect, json)?,
        Cell::Date(date) => format!("'{date}'"),
        Cell::Time(time) => format!("'{time}'"),
        Cell::Civil(moment) => format!("'{}'", moment.text(' ')),
        Cell::Instant(moment) => match dialect {
            // Its literals have no offset; the session's time zone is UTC.
            Dialect::Mysql => format!("'{}'", moment.text(' ')),
            Dialect::Sqlite | Dialect::Postgres => format!("'{}+00:00'", moment.text('T')),
        },
    })
}

fn text(dialect: Dialect, text: &str) -> Result<String, BoxError> {
    if text.contains('\0') {
        return Err("its text holds a NUL, which SQL has no literal for".into());
    }
    Ok(quotes(dialect).literal(text))
}
