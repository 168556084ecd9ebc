//! A value as its column's kind has it: what all formats write. Knows no format.

use super::moment::{Date, DateTime, Time};
use super::shape::Kind;
use crate::persist::Value;
use std::borrow::Cow;
use std::fmt::Write;

/// One value of a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell<'a> {
    Null,
    Bool(bool),
    Int(i64),
    UInt(u64),
    Single(f32),
    Double(f64),
    /// Text, and what has no form of its own: UUIDs, decimals, integers of 128 bits.
    Text(Cow<'a, str>),
    Bytes(&'a [u8]),
    Json(&'a str),
    Date(Date),
    Time(Time),
    Civil(DateTime),
    Instant(DateTime),
}

impl<'a> Cell<'a> {
    /// A value of a column of this kind. The error says nothing of the value itself, which may be a secret.
    pub(super) fn of(kind: Kind, value: &'a Value) -> Result<Self, &'static str> {
        match (kind, value) {
            (_, Value::Null) => Ok(Self::Null),
            (Kind::Date | Kind::Time | Kind::Civil | Kind::Instant, Value::Text(text)) => Self::moment(kind, text)
                .ok_or("its date is not within the years 0000 to 9999, which is what all engines read"),
            (Kind::Json, Value::Text(text)) => Ok(Self::Json(text)),
            (Kind::Text | Kind::Uuid | Kind::Decimal | Kind::Int128, Value::Text(text)) => Ok(Self::Text(text.into())),
            (Kind::Int128, Value::Int(value)) => Ok(Self::Text(value.to_string().into())),
            (Kind::Int128, Value::UInt(value)) => Ok(Self::Text(value.to_string().into())),
            _ => Self::plain(kind, value).ok_or("a value of another type than the column's"),
        }
    }

    fn plain(kind: Kind, value: &'a Value) -> Option<Self> {
        Some(match (kind, value) {
            (Kind::Bool, Value::Bool(value)) => Self::Bool(*value),
            (Kind::Int32, Value::Int(value)) => Self::Int(i32::try_from(*value).ok()?.into()),
            (Kind::UInt32, Value::Int(value)) => Self::UInt(u32::try_from(*value).ok()?.into()),
            (Kind::Int64, Value::Int(value)) => Self::Int(*value),
            (Kind::UInt64, Value::Int(value)) => Self::UInt(u64::try_from(*value).ok()?),
            (Kind::UInt64, Value::UInt(value)) => Self::UInt(*value),
            #[expect(clippy::cast_possible_truncation, reason = "it was an `f32` before it became a value")]
            (Kind::Float32, Value::Float(value)) => Self::Single(*value as f32),
            (Kind::Float64, Value::Float(value)) => Self::Double(*value),
            (Kind::Bytes, Value::Bytes(bytes)) => Self::Bytes(bytes),
            _ => return None,
        })
    }

    fn moment(kind: Kind, text: &str) -> Option<Self> {
        match kind {
            Kind::Date => Date::read(text).map(Self::Date),
            Kind::Time => Time::read(text).map(Self::Time),
            Kind::Civil => DateTime::read(text).map(Self::Civil),
            _ => DateTime::read_instant(text).map(Self::Instant),
        }
    }
}

/// A floating-point number as text: the shortest that gives the number back. `None` for what is no number.
pub(super) fn float(cell: &Cell<'_>) -> Option<String> {
    match cell {
        Cell::Single(value) if value.is_finite() => Some(format!("{value:?}")),
        Cell::Double(value) if value.is_finite() => Some(format!("{value:?}")),
        _ => None,
    }
}

/// What is no number, as text: `NaN`, `Infinity` or `-Infinity`.
pub(super) fn no_number(cell: &Cell<'_>) -> &'static str {
    let value = match cell {
        Cell::Single(value) => f64::from(*value),
        Cell::Double(value) => *value,
        _ => f64::NAN,
    };
    match value {
        _ if value.is_nan() => "NaN",
        _ if value < 0.0 => "-Infinity",
        _ => "Infinity",
    }
}

/// Bytes as hexadecimal digits, two each.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to text cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}
