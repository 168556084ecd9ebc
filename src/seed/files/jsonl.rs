//! JSON lines. Knows how a value stands in an object.
//!
//! Every object has all columns, with `null` for what is missing. Integers are numbers however large they are, but those of
//! 128 bits are text, as decimals are: readers take numbers for floating-point ones. JSON stands as it is. Bytes are Base64,
//! which is what `BigQuery` and Spark read. JSON has no NaN and no infinity, so they are an error.

use super::cell::{Cell, float, no_number};
use super::part::Part;
use super::{RowWriter, Shape};
use crate::error::BoxError;
use crate::persist::Values;
use std::path::Path;

/// A file of JSON lines that is being written.
pub(super) struct Jsonl {
    shape: Shape,
    part: Part,
    /// What comes before the value of each column: `{"id":`, `,"name":`
    heads: Vec<String>,
}

impl Jsonl {
    pub(super) fn open(path: &Path, shape: &Shape) -> Result<Self, BoxError> {
        let names = shape.columns.iter().enumerate();
        let heads =
            names.map(|(index, column)| format!("{}{}:", if index == 0 { '{' } else { ',' }, text(column.name)));
        Ok(Self { heads: heads.collect(), shape: shape.clone(), part: Part::create(path)? })
    }
}

impl RowWriter for Jsonl {
    fn write(&mut self, rows: &[Values]) -> Result<(), BoxError> {
        let mut line = String::new();
        for row in rows {
            line.clear();
            self.shape.each(row, |index, cell| {
                line.push_str(&self.heads[index]);
                line.push_str(&value(&cell.unwrap_or(Cell::Null))?);
                Ok(())
            })?;
            line.push_str("}\n");
            self.part.put(&line)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), BoxError> {
        self.part.finish()
    }
}

fn value(cell: &Cell<'_>) -> Result<String, BoxError> {
    Ok(match cell {
        Cell::Null => "null".to_owned(),
        Cell::Bool(value) => value.to_string(),
        Cell::Int(value) => value.to_string(),
        Cell::UInt(value) => value.to_string(),
        Cell::Single(_) | Cell::Double(_) => float(cell).ok_or_else(|| {
            format!("JSON has no {}; make the column an `Option`, or choose another format", no_number(cell))
        })?,
        Cell::Text(value) => text(value),
        Cell::Bytes(bytes) => text(&base64(bytes)),
        Cell::Json(json) => (*json).to_owned(),
        Cell::Date(date) => text(&date.to_string()),
        Cell::Time(time) => text(&time.to_string()),
        Cell::Civil(moment) => text(&moment.text('T')),
        Cell::Instant(moment) => text(&(moment.text('T') + "Z")),
    })
}

/// Text as JSON.
fn text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits = three.iter().chain([&0; 2]).take(3).fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        for place in 0..4 {
            let digit = char::from(DIGITS[bits >> (18 - 6 * place) & 63]);
            text.push(if place <= three.len() { digit } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_in_base64() {
        let texts = ["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes()));
        assert_eq!(texts, ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
        assert_eq!(base64(&[0xfb, 0xff]), "+/8=");
    }
}
