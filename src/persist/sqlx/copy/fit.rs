//! Whether the binary form of a value is one that a column takes, and what makes it one. Knows forms, neither rows nor
//! tables.

use super::kind::{Element, Form, Kind, Width};
use crate::error::BoxError;

/// What is done to the bytes of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// Nothing.
    AsIs,
    /// Nothing, but a NUL is refused.
    Text,
    /// An integer is made as wide as its column.
    Integer(Width),
    /// A float is made a double.
    Double,
    /// `jsonb` has a byte in front that `json` has not.
    Json,
    /// An array is made one of elements of this type.
    Elements(u32),
}

impl Fit {
    /// What makes values of one type fit a column of another.
    ///
    /// # Errors
    /// Nothing does: why.
    pub(super) fn of(value: &Kind, column: &Kind) -> Result<Self, String> {
        let fit = match (value.form, column.form) {
            // sqlx does not know the numbers of their fields' types before it asks for them.
            (Form::Composite | Form::Array { of: Element::Composite, .. }, _) => None,
            (Form::Array { of, .. }, Form::Array { element, of: to }) => {
                let fits = value.oid == column.oid || takes(of, to);
                fits.then_some(Self::Elements(element))
            }
            (Form::Text | Form::Enum, _) if value.oid == column.oid => Some(Self::Text),
            _ if value.oid == column.oid => Some(Self::AsIs),
            (Form::Integer(_), Form::Integer(width)) => Some(Self::Integer(width)),
            (Form::Float, Form::Double) => Some(Self::Double),
            (Form::Text, Form::Text | Form::Enum | Form::Json) | (Form::Enum, Form::Text) => Some(Self::Text),
            (Form::Jsonb, Form::Json) => Some(Self::Json),
            _ => None,
        };
        fit.ok_or_else(|| format!("only an INSERT turns `{}` into its type, `{}`", value.name, column.name))
    }

    /// Makes the value that lies in `bytes` from `start` on fit.
    ///
    /// # Errors
    /// It does not, for what Postgres would say of it.
    #[inline]
    pub(super) fn apply(self, bytes: &mut Vec<u8>, start: usize) -> Result<(), BoxError> {
        match self {
            Self::AsIs => {}
            Self::Text => {
                if bytes[start..].contains(&0) {
                    return Err("a text cannot hold the character NUL".into());
                }
            }
            Self::Integer(width) => resize(bytes, start, width)?,
            Self::Double => {
                let float = f32::from_be_bytes(exactly(&bytes[start..])?);
                bytes.truncate(start);
                bytes.extend_from_slice(&f64::from(float).to_be_bytes());
            }
            Self::Json => {
                bytes.get(start).ok_or(MALFORMED)?;
                bytes.remove(start);
            }
            // Behind the number of dimensions and the flags.
            Self::Elements(oid) => {
                let place = bytes.get_mut(start + 8..start + 12).ok_or(MALFORMED)?;
                place.copy_from_slice(&oid.to_be_bytes());
            }
        }
        Ok(())
    }
}

const MALFORMED: &str = "its bytes are not those of its type";

/// Whether the elements of one array are those of another, number of their type aside.
fn takes(value: Element, column: Element) -> bool {
    matches!((value, column), (Element::Text, Element::Text | Element::Enum) | (Element::Enum, Element::Text))
}

fn exactly<const N: usize>(bytes: &[u8]) -> Result<[u8; N], BoxError> {
    bytes.try_into().map_err(|_| MALFORMED.into())
}

fn resize(bytes: &mut Vec<u8>, start: usize, width: Width) -> Result<(), BoxError> {
    let number = match bytes.len() - start {
        2 => i16::from_be_bytes(exactly(&bytes[start..])?).into(),
        4 => i32::from_be_bytes(exactly(&bytes[start..])?).into(),
        _ => i64::from_be_bytes(exactly(&bytes[start..])?),
    };
    bytes.truncate(start);
    match width {
        Width::Two => bytes.extend_from_slice(&i16::try_from(number).map_err(|_| out_of_range(width))?.to_be_bytes()),
        Width::Four => bytes.extend_from_slice(&i32::try_from(number).map_err(|_| out_of_range(width))?.to_be_bytes()),
        Width::Eight => bytes.extend_from_slice(&number.to_be_bytes()),
    }
    Ok(())
}

fn out_of_range(width: Width) -> BoxError {
    format!("{} out of range", width.name()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(oid: u32, name: &str, how: &str) -> Kind {
        Kind { oid, form: Form::of(oid, name, how), name: name.to_owned() }
    }

    fn array(oid: u32, (element, name, how): (u32, &str, &str)) -> Kind {
        Kind { oid, form: Form::array(element, name, how), name: format!("{name}[]") }
    }

    fn applied(fit: Fit, value: &[u8]) -> Result<Vec<u8>, String> {
        let mut bytes = b"before".to_vec();
        bytes.extend_from_slice(value);
        fit.apply(&mut bytes, 6).map_err(|error| error.to_string())?;
        assert!(bytes.starts_with(b"before"));
        Ok(bytes.split_off(6))
    }

    #[test]
    fn types_that_are_the_same_stay_as_they_are() {
        for oid in [16, 17, 20, 701, 1700, 2950, 1184, 3802, 114, 70_000] {
            assert_eq!(Fit::of(&kind(oid, "own", "b"), &kind(oid, "own", "b")), Ok(Fit::AsIs));
        }
        assert_eq!(Fit::of(&kind(25, "text", "b"), &kind(25, "text", "b")), Ok(Fit::Text));
        assert_eq!(Fit::of(&kind(70_000, "mood", "e"), &kind(70_000, "mood", "e")), Ok(Fit::Text));
    }

    #[test]
    fn texts_fit_whatever_holds_a_text() {
        let text = kind(25, "text", "b");
        for column in [kind(1043, "varchar", "b"), kind(70_000, "citext", "b"), kind(70_001, "mood", "e")] {
            assert_eq!(Fit::of(&text, &column), Ok(Fit::Text));
        }
        assert_eq!(Fit::of(&text, &kind(114, "json", "b")), Ok(Fit::Text));
        assert_eq!(Fit::of(&kind(70_001, "mood", "e"), &text), Ok(Fit::Text));
        assert!(Fit::of(&kind(70_001, "mood", "e"), &kind(70_002, "taste", "e")).is_err());
        let why = Fit::of(&text, &kind(2950, "uuid", "b")).unwrap_err();
        assert_eq!(why, "only an INSERT turns `text` into its type, `uuid`");
    }

    #[test]
    fn numbers_become_wider_and_only_then_another_kind() {
        let integer = |oid| kind(oid, "integer", "b");
        assert_eq!(Fit::of(&integer(23), &integer(20)), Ok(Fit::Integer(Width::Eight)));
        assert_eq!(Fit::of(&integer(20), &integer(21)), Ok(Fit::Integer(Width::Two)));
        assert_eq!(Fit::of(&integer(700), &integer(701)), Ok(Fit::Double));
        assert!(Fit::of(&integer(701), &integer(700)).is_err());
        assert!(Fit::of(&integer(23), &integer(1700)).is_err());
        assert!(Fit::of(&kind(1114, "timestamp", "b"), &kind(1184, "timestamptz", "b")).is_err());
    }

    #[test]
    fn arrays_fit_by_their_elements() {
        let (text, mood) = (array(1009, (25, "text", "b")), array(70_001, (70_000, "mood", "e")));
        assert_eq!(Fit::of(&text, &mood), Ok(Fit::Elements(70_000)));
        assert_eq!(Fit::of(&mood, &mood), Ok(Fit::Elements(70_000)));
        assert!(Fit::of(&array(1007, (23, "int4", "b")), &array(1016, (20, "int8", "b"))).is_err());
        assert!(Fit::of(&array(3807, (3802, "jsonb", "b")), &array(199, (114, "json", "b"))).is_err());
        let pairs = array(70_003, (70_002, "pair", "c"));
        assert!(Fit::of(&pairs, &pairs).is_err(), "what is in a composite is not known");
        assert!(Fit::of(&text, &kind(25, "text", "b")).is_err());
    }

    #[test]
    fn bytes_are_made_those_of_the_column() {
        assert_eq!(applied(Fit::Integer(Width::Eight), &(-7_i32).to_be_bytes()).unwrap(), (-7_i64).to_be_bytes());
        assert_eq!(applied(Fit::Integer(Width::Two), &(-7_i64).to_be_bytes()).unwrap(), (-7_i16).to_be_bytes());
        let wide = applied(Fit::Integer(Width::Two), &70_000_i32.to_be_bytes());
        assert_eq!(wide.unwrap_err(), "smallint out of range");
        let wide = applied(Fit::Integer(Width::Four), &i64::MIN.to_be_bytes());
        assert_eq!(wide.unwrap_err(), "integer out of range");
        assert_eq!(applied(Fit::Double, &0.5_f32.to_be_bytes()).unwrap(), 0.5_f64.to_be_bytes());
        assert_eq!(applied(Fit::Json, b"\x01{}").unwrap(), b"{}");
        assert_eq!(applied(Fit::Elements(258), b"dim.flagnone").unwrap(), b"dim.flag\0\0\x01\x02");
        assert!(applied(Fit::Text, b"nul\0").is_err());
        for fit in [Fit::Integer(Width::Four), Fit::Double, Fit::Json, Fit::Elements(25)] {
            assert_eq!(applied(fit, b"").unwrap_err(), MALFORMED);
        }
    }
}
