//! The columns of a file: which there are, and of what kind, by the Rust types of a factory's columns. Knows no format.

use super::cell::Cell;
use crate::error::BoxError;
use crate::persist::{Record, Row, Sink, Value, Values, short, unless_secret};
use std::any::{TypeId, type_name};
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// The table and the columns that the rows of a file have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape {
    /// As it was declared: `users`, or `shop.users`.
    pub(crate) table: &'static str,
    /// In the order of the model's.
    pub(crate) columns: Vec<ColumnShape>,
    /// The columns whose values no error may show.
    secret: Vec<&'static str>,
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ColumnShape {
    /// Its name in the table.
    pub(crate) name: &'static str,
    /// What it holds.
    pub(crate) kind: Kind,
    /// Whether it may hold nothing: its type is an `Option`, or a row may leave it to the database.
    pub(crate) nullable: bool,
}

/// What a column holds, by its Rust type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "which there are depends on the enabled types")]
pub(crate) enum Kind {
    Bool,
    /// An integer of 32 bits or less.
    Int32,
    Int64,
    UInt32,
    UInt64,
    /// An integer of 128 bits, as text.
    Int128,
    Float32,
    Float64,
    Text,
    Bytes,
    Date,
    Time,
    /// A date and a time, of no time zone.
    Civil,
    /// A date and a time in UTC.
    Instant,
    Uuid,
    Decimal,
    Json,
}

impl Shape {
    /// The columns that these rows fill, some of them or all. A column that all of them leave to the database is none.
    pub(crate) fn of<'a, F>(rows: impl Iterator<Item = &'a F>) -> Result<Self, BoxError>
    where
        F: Record + Row<ShapeSink> + 'a,
    {
        let table = F::TABLE.unwrap_or(F::NAME);
        let mut sink = ShapeSink::default();
        rows.for_each(|row| row.write(&mut sink));
        if let Some((column, why)) = sink.refused {
            return Err(format!("`{table}.{column}`: {}", unless_secret::<F>(column, why)).into());
        }
        let mut columns = Vec::with_capacity(sink.columns.len());
        for Seen { name, type_name, kind } in sink.columns {
            let (kind, nullable) = kind.ok_or_else(|| unknown(table, name, type_name))?;
            let open = F::COLUMNS.iter().any(|column| column.name == name && column.optional);
            columns.push(ColumnShape { name, kind, nullable: nullable || open });
        }
        if columns.is_empty() {
            return Err(format!("no row fills a column of `{table}`, and a file has no row of nothing").into());
        }
        columns.sort_by_key(|column| F::COLUMNS.iter().position(|one| one.name == column.name));
        let secret = F::COLUMNS.iter().filter(|column| column.secret).map(|column| column.name).collect();
        Ok(Self { table, columns, secret })
    }

    /// Goes through the columns of a row; `None` stands for one that the row leaves to the database.
    pub(super) fn each<'a>(
        &'a self,
        row: &'a Values,
        mut visit: impl FnMut(usize, Option<Cell<'a>>) -> Result<(), BoxError>,
    ) -> Result<(), BoxError> {
        if let Some((column, why)) = row.refused() {
            let secret = self.secret.contains(&column);
            return Err(self.at(column, if secret { "its value, which is secret, does not fit" } else { why }));
        }
        let (mut rest, mut filled) = (row.iter(), 0);
        for (index, column) in self.columns.iter().enumerate() {
            // Nearly always the next one.
            let value = match rest.as_slice().first() {
                Some((name, _)) if *name == column.name => rest.next().map(|(_, value)| value),
                _ => row.get(column.name),
            };
            filled += usize::from(value.is_some());
            let cell = value.map(|value| self.cell(column, value)).transpose()?;
            visit(index, cell).map_err(|why| self.at(column.name, why))?;
        }
        match row.iter().find(|(name, _)| filled < row.len() && !self.columns.iter().any(|column| column.name == *name))
        {
            Some((name, _)) => Err(self.at(
                name,
                "a row fills this column, which the rows that the file began with left to the database; \
                 fill it in all rows of the step, or in none",
            )),
            None => Ok(()),
        }
    }

    fn cell<'a>(&self, column: &ColumnShape, value: &'a Value) -> Result<Cell<'a>, BoxError> {
        if let Value::Opaque(type_name) = value {
            return Err(unknown(self.table, column.name, type_name));
        }
        Cell::of(column.kind, value).map_err(|why| self.at(column.name, why))
    }

    /// An error about a column.
    fn at(&self, column: &str, why: impl std::fmt::Display) -> BoxError {
        format!("`{}.{column}`: {why}", self.table).into()
    }
}

fn unknown(table: &str, column: &str, type_name: &str) -> BoxError {
    let type_name = short(type_name);
    format!(
        "`{table}.{column}`: a `{type_name}` cannot be written to a file; \
         give the column a type that can by `#[factory(as(String))]`, or make it JSON by `#[factory(json)]`"
    )
    .into()
}

/// Takes note of which columns rows fill, and of their types.
#[doc(hidden)]
#[derive(Debug, Default)]
pub struct ShapeSink {
    columns: Vec<Seen>,
    refused: Option<(&'static str, BoxError)>,
}

/// A column that some row fills.
#[derive(Debug)]
struct Seen {
    name: &'static str,
    type_name: &'static str,
    /// If the type has one, and whether it is an `Option`.
    kind: Option<(Kind, bool)>,
}

impl<T: 'static> Sink<T> for ShapeSink {
    fn put(&mut self, column: &'static str, _: &T) {
        if !self.columns.iter().any(|seen| seen.name == column) {
            let id = TypeId::of::<T>();
            let kind = KINDS.iter().find_map(|one| (one.nullable)(id).map(|nullable| (one.kind, nullable)));
            self.columns.push(Seen { name: column, type_name: type_name::<T>(), kind });
        }
    }

    fn refuse(&mut self, column: &'static str, why: BoxError) {
        self.refused.get_or_insert((column, why));
    }
}

/// The kind of one type.
struct Entry {
    kind: Kind,
    /// Whether it is `Option` of the type. `None` if it is neither.
    nullable: fn(TypeId) -> Option<bool>,
}

impl Entry {
    const fn of<T: 'static>(kind: Kind) -> Self {
        let nullable = |id| match id {
            _ if id == TypeId::of::<T>() => Some(false),
            _ if id == TypeId::of::<Option<T>>() => Some(true),
            _ => None,
        };
        Self { kind, nullable }
    }
}

/// Every type that has a common value, but for `SystemTime`, whose text differs from system to system.
const KINDS: &[Entry] = &[
    Entry::of::<bool>(Kind::Bool),
    Entry::of::<i8>(Kind::Int32),
    Entry::of::<i16>(Kind::Int32),
    Entry::of::<i32>(Kind::Int32),
    // Signed, because few engines have unsigned integers and these fit.
    Entry::of::<u8>(Kind::Int32),
    Entry::of::<u16>(Kind::Int32),
    Entry::of::<i64>(Kind::Int64),
    Entry::of::<isize>(Kind::Int64),
    Entry::of::<u32>(Kind::UInt32),
    Entry::of::<u64>(Kind::UInt64),
    Entry::of::<usize>(Kind::UInt64),
    Entry::of::<i128>(Kind::Int128),
    Entry::of::<u128>(Kind::Int128),
    Entry::of::<f32>(Kind::Float32),
    Entry::of::<f64>(Kind::Float64),
    Entry::of::<String>(Kind::Text),
    Entry::of::<&'static str>(Kind::Text),
    Entry::of::<Cow<'static, str>>(Kind::Text),
    Entry::of::<Box<str>>(Kind::Text),
    Entry::of::<Arc<str>>(Kind::Text),
    Entry::of::<Rc<str>>(Kind::Text),
    Entry::of::<char>(Kind::Text),
    Entry::of::<Duration>(Kind::Text),
    Entry::of::<Vec<u8>>(Kind::Bytes),
    Entry::of::<serde_json::Value>(Kind::Json),
    #[cfg(feature = "uuid")]
    Entry::of::<uuid::Uuid>(Kind::Uuid),
    #[cfg(feature = "rust_decimal")]
    Entry::of::<rust_decimal::Decimal>(Kind::Decimal),
    #[cfg(feature = "bigdecimal")]
    Entry::of::<bigdecimal::BigDecimal>(Kind::Decimal),
    #[cfg(feature = "chrono")]
    Entry::of::<chrono::DateTime<chrono::Utc>>(Kind::Instant),
    #[cfg(feature = "chrono")]
    Entry::of::<chrono::DateTime<chrono::FixedOffset>>(Kind::Instant),
    #[cfg(feature = "chrono")]
    Entry::of::<chrono::NaiveDateTime>(Kind::Civil),
    #[cfg(feature = "chrono")]
    Entry::of::<chrono::NaiveDate>(Kind::Date),
    #[cfg(feature = "chrono")]
    Entry::of::<chrono::NaiveTime>(Kind::Time),
    #[cfg(feature = "time")]
    Entry::of::<time::OffsetDateTime>(Kind::Instant),
    #[cfg(feature = "time")]
    Entry::of::<time::PrimitiveDateTime>(Kind::Civil),
    #[cfg(feature = "time")]
    Entry::of::<time::Date>(Kind::Date),
    #[cfg(feature = "time")]
    Entry::of::<time::Time>(Kind::Time),
    #[cfg(feature = "jiff")]
    Entry::of::<jiff::Timestamp>(Kind::Instant),
    #[cfg(feature = "jiff")]
    Entry::of::<jiff::Zoned>(Kind::Instant),
    #[cfg(feature = "jiff")]
    Entry::of::<jiff::civil::DateTime>(Kind::Civil),
    #[cfg(feature = "jiff")]
    Entry::of::<jiff::civil::Date>(Kind::Date),
    #[cfg(feature = "jiff")]
    Entry::of::<jiff::civil::Time>(Kind::Time),
];
