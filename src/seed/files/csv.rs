//! Comma-separated values. Knows how a value stands between commas.
//!
//! A header, then a line for each row. NULL is empty, and empty text is `""`: Postgres tells them apart, and `DuckDB` does
//! with `allow_quoted_nulls = false`. Bytes are `\x` and hexadecimal digits, as Postgres has them; dates and times are
//! RFC 3339, instants in UTC with a `Z`; JSON is text.

use super::cell::{Cell, float, hex, no_number};
use super::part::Part;
use super::{RowWriter, Shape};
use crate::error::BoxError;
use crate::persist::Values;
use std::borrow::Cow;
use std::path::Path;

/// A file of CSV that is being written.
pub(super) struct Csv {
    shape: Shape,
    part: Part,
}

impl Csv {
    pub(super) fn open(path: &Path, shape: &Shape) -> Result<Self, BoxError> {
        let mut part = Part::create(path)?;
        let names: Vec<_> = shape.columns.iter().map(|column| quoted(column.name.into())).collect();
        part.put(&(names.join(",") + "\n"))?;
        Ok(Self { shape: shape.clone(), part })
    }
}

impl RowWriter for Csv {
    fn write(&mut self, rows: &[Values]) -> Result<(), BoxError> {
        let mut line = String::new();
        for row in rows {
            line.clear();
            self.shape.each(row, |index, cell| {
                line.push_str(if index == 0 { "" } else { "," });
                line.push_str(&field(cell.unwrap_or(Cell::Null)));
                Ok(())
            })?;
            line.push('\n');
            self.part.put(&line)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), BoxError> {
        self.part.finish()
    }
}

fn field(cell: Cell<'_>) -> Cow<'_, str> {
    match cell {
        Cell::Null => "".into(),
        Cell::Bool(value) => if value { "true" } else { "false" }.into(),
        Cell::Int(value) => value.to_string().into(),
        Cell::UInt(value) => value.to_string().into(),
        Cell::Single(_) | Cell::Double(_) => float(&cell).map_or(no_number(&cell).into(), Cow::Owned),
        Cell::Text(text) => quoted(text),
        Cell::Bytes(bytes) => format!("\\x{}", hex(bytes)).into(),
        Cell::Json(json) => quoted(json.into()),
        Cell::Date(date) => date.to_string().into(),
        Cell::Time(time) => time.to_string().into(),
        Cell::Civil(moment) => moment.text('T').into(),
        Cell::Instant(moment) => (moment.text('T') + "Z").into(),
    }
}

/// Text, in quotes where it needs them. Spaces around it do because some readers take them away, and the line `\.` because
/// it ends the data for older versions of Postgres.
fn quoted(text: Cow<'_, str>) -> Cow<'_, str> {
    let bare = !text.is_empty() && !text.contains([',', '"', '\n', '\r']) && text.trim() == text && text != "\\.";
    if bare { text } else { format!("\"{}\"", text.replace('"', "\"\"")).into() }
}
