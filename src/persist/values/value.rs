//! A column's value as any store understands it. Knows how it is shown, and nothing of columns.

use super::common::Common;
use std::fmt::{self, Display, Formatter};

/// The value of one column, in the few kinds that any store understands.
///
/// Every common Rust type turns [`into`](Into) one: `bool`, all integers, `f32` and `f64`, `char`, all kinds of
/// strings, `Vec<u8>`, `Option` of each, and with their features the types of `chrono`, `time`, `jiff`, `uuid`,
/// `rust_decimal`, `bigdecimal` and `serde_json`, which are text.
///
/// It is displayed as errors show it: text quoted and shortened, bytes in hexadecimal digits.
///
/// ```
/// use manufactory::Value;
///
/// assert_eq!(Value::from(7_u8), Value::Int(7));
/// assert_eq!(Value::from(Some("alice")).to_string(), r#""alice""#);
/// assert_eq!(Value::from(None::<bool>).to_string(), "NULL");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// No value.
    Null,
    /// Yes or no.
    Bool(bool),
    /// An integer, whatever its Rust type.
    Int(i64),
    /// An integer above [`i64::MAX`].
    UInt(u64),
    /// A floating-point number.
    Float(f64),
    /// Text, and what is written as text: dates, times, UUIDs, decimals, JSON, and integers beyond 64 bits.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// A value of another type, of which only the type's name is known.
    Opaque(&'static str),
}

impl Value {
    /// What it is, without the value itself: that may be a secret.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "NULL",
            Self::Bool(_) => "a boolean",
            Self::Int(_) | Self::UInt(_) => "an integer",
            Self::Float(_) => "a floating-point number",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
            Self::Opaque(_) => "a value of unknown type",
        }
    }

    /// What is odd about it.
    pub(super) fn oddity(&self) -> Option<Oddity> {
        match self {
            Self::Text(text) if text.contains('\0') => Some(Oddity::Nul),
            Self::Float(value) if value.is_nan() => Some(Oddity::Nan),
            Self::Float(value) if value.is_infinite() => Some(Oddity::Infinite),
            _ => None,
        }
    }
}

/// What some databases do not store, whatever the column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// Text with NUL.
    Nul,
    /// No number.
    Nan,
    /// More, or less, than any number.
    Infinite,
}

/// A value as an error shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    pub(super) text: String,
    pub(super) oddity: Option<Oddity>,
}

impl Shown {
    /// What is odd about the value.
    #[allow(dead_code, reason = "nothing is odd without a database")]
    pub(crate) fn oddity(&self) -> Option<Oddity> {
        self.oddity
    }
}

impl Display for Shown {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl<T: Common> From<T> for Value {
    fn from(value: T) -> Self {
        value.value()
    }
}

/// How much of a text is shown, in characters, and of bytes, in bytes.
const SHOWN: (usize, usize) = (60, 30);

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("NULL"),
            Self::Bool(value) => value.fmt(f),
            Self::Int(value) => value.fmt(f),
            Self::UInt(value) => value.fmt(f),
            // With a decimal point, unlike `Display`.
            Self::Float(value) => fmt::Debug::fmt(value, f),
            Self::Text(text) => fmt_text(text, f),
            Self::Bytes(bytes) => fmt_bytes(bytes, f),
            Self::Opaque(name) => write!(f, "({})", short(name)),
        }
    }
}

fn fmt_text(text: &str, f: &mut Formatter<'_>) -> fmt::Result {
    let end = text.char_indices().nth(SHOWN.0).map(|(end, _)| end);
    let quoted = format!("{:?}", &text[..end.unwrap_or(text.len())]);
    match end {
        Some(_) => write!(f, "{}…\"", &quoted[..quoted.len() - 1]),
        None => f.write_str(&quoted),
    }
}

fn fmt_bytes(bytes: &[u8], f: &mut Formatter<'_>) -> fmt::Result {
    f.write_str("x'")?;
    for byte in bytes.iter().take(SHOWN.1) {
        write!(f, "{byte:02x}")?;
    }
    f.write_str(if bytes.len() > SHOWN.1 { "…'" } else { "'" })
}

/// A type's name without the modules it is in: `Option<Role>`.
pub(crate) fn short(name: &str) -> String {
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let words = name.split_inclusive(|c| !is_path(c));
    words.map(|word| word.rsplit("::").next().unwrap_or(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_quoted_escaped_and_shortened() {
        let shown = |text: &str| Value::from(text).to_string();
        assert_eq!(shown("a \"b\"\n"), r#""a \"b\"\n""#);
        assert_eq!(shown("it's"), "\"it's\"");
        assert_eq!(shown(&"é".repeat(60)), format!("\"{}\"", "é".repeat(60)));
        assert_eq!(shown(&"é".repeat(61)), format!("\"{}…\"", "é".repeat(60)));
    }

    #[test]
    fn other_values_are_shown_as_in_sql() {
        let shown = |value: Value| value.to_string();
        assert_eq!(shown(None::<i32>.into()), "NULL");
        assert_eq!(shown(1.0.into()), "1.0");
        assert_eq!(shown(u64::MAX.into()), "18446744073709551615");
        assert_eq!(shown(vec![0, 255].into()), "x'00ff'");
        assert_eq!(shown(vec![0; 31].into()), format!("x'{}…'", "00".repeat(30)));
        assert_eq!(shown(Value::Opaque("core::option::Option<my_crate::user::Role>")), "(Option<Role>)");
    }

    #[test]
    fn names_of_types_lose_their_modules() {
        assert_eq!(short("u8"), "u8");
        assert_eq!(short("a::B<c::D, (e::F, &dyn g::H)>"), "B<D, (F, &dyn H)>");
    }
}
