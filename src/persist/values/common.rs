//! The Rust types that have a common value, and the way back. Knows types by `Any` alone: a column's type may be any
//! user's own.

use super::Value;
use std::any::Any;
use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// A type with a common value.
pub trait Common: Sized {
    /// The value.
    fn value(&self) -> Value;

    /// The way back. `None` where the value does not fit.
    fn of(value: &Value) -> Option<Self>;
}

/// The common value of something that has one.
pub(super) fn value_of(any: &dyn Any) -> Option<Value> {
    TYPES.iter().find_map(|common| (common.value)(any))
}

/// How the way back can fail.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// The type has no common value.
    Type,
    /// The type has common values, and this is none of them.
    Value,
}

/// The way back to a type that may have a common value.
pub(super) fn from_value<T: 'static>(value: &Value) -> Result<T, Misfit> {
    let mut slot: Option<T> = None;
    if TYPES.iter().any(|common| (common.fill)(&mut slot, value)) {
        slot.ok_or(Misfit::Value)
    } else {
        Err(Misfit::Type)
    }
}

/// A key that a database or a store assigned, as the key's own type. `None` where that is no integer, or a smaller one.
///
/// ```
/// # use manufactory::__private::integer_as;
/// assert_eq!(integer_as::<u8>(7), Some(7));
/// assert_eq!(integer_as::<u8>(256), None);
/// assert_eq!(integer_as::<String>(7), None);
/// ```
pub fn integer_as<K: 'static>(key: i64) -> Option<K> {
    let mut slot: Option<K> = None;
    INTEGERS.iter().any(|common| (common.fill)(&mut slot, &Value::Int(key)));
    slot
}

/// One type, behind `Any`.
struct Entry {
    value: fn(&dyn Any) -> Option<Value>,
    fill: fn(&mut dyn Any, &Value) -> bool,
}

impl Entry {
    /// The type alone.
    const fn only<C: Common + 'static>() -> Self {
        Self { value: |any| any.downcast_ref::<C>().map(C::value), fill: fill::<C> }
    }

    /// The type, and `Option` of it.
    const fn of<C: Common + 'static>() -> Self {
        Self {
            value: |any| match any.downcast_ref::<C>() {
                Some(value) => Some(value.value()),
                None => any.downcast_ref::<Option<C>>().map(Common::value),
            },
            fill: |slot, value| fill::<C>(slot, value) || fill::<Option<C>>(slot, value),
        }
    }
}

/// Fills the slot, if it is one for this type and the value fits. Whether it is one.
fn fill<C: Common + 'static>(slot: &mut dyn Any, value: &Value) -> bool {
    slot.downcast_mut::<Option<C>>().map(|slot| *slot = C::of(value)).is_some()
}

/// Ordered by how often a table has them: they are tried one after the other.
const TYPES: &[Entry] = &[
    Entry::of::<String>(),
    Entry::of::<i64>(),
    Entry::of::<i32>(),
    Entry::of::<bool>(),
    #[cfg(feature = "uuid")]
    Entry::of::<uuid::Uuid>(),
    #[cfg(feature = "chrono")]
    Entry::of::<chrono::DateTime<chrono::Utc>>(),
    #[cfg(feature = "chrono")]
    Entry::of::<chrono::DateTime<chrono::FixedOffset>>(),
    #[cfg(feature = "chrono")]
    Entry::of::<chrono::NaiveDateTime>(),
    #[cfg(feature = "chrono")]
    Entry::of::<chrono::NaiveDate>(),
    #[cfg(feature = "chrono")]
    Entry::of::<chrono::NaiveTime>(),
    #[cfg(feature = "time")]
    Entry::of::<time::OffsetDateTime>(),
    #[cfg(feature = "time")]
    Entry::of::<time::PrimitiveDateTime>(),
    #[cfg(feature = "time")]
    Entry::of::<time::Date>(),
    #[cfg(feature = "time")]
    Entry::of::<time::Time>(),
    #[cfg(feature = "jiff")]
    Entry::of::<jiff::Timestamp>(),
    #[cfg(feature = "jiff")]
    Entry::of::<jiff::Zoned>(),
    #[cfg(feature = "jiff")]
    Entry::of::<jiff::civil::DateTime>(),
    #[cfg(feature = "jiff")]
    Entry::of::<jiff::civil::Date>(),
    #[cfg(feature = "jiff")]
    Entry::of::<jiff::civil::Time>(),
    #[cfg(feature = "rust_decimal")]
    Entry::of::<rust_decimal::Decimal>(),
    #[cfg(feature = "bigdecimal")]
    Entry::of::<bigdecimal::BigDecimal>(),
    #[cfg(feature = "serde_json")]
    Entry::of::<serde_json::Value>(),
    Entry::of::<f64>(),
    Entry::of::<f32>(),
    Entry::of::<u64>(),
    Entry::of::<u32>(),
    Entry::of::<i16>(),
    Entry::of::<u16>(),
    Entry::of::<i8>(),
    Entry::of::<u8>(),
    Entry::of::<isize>(),
    Entry::of::<usize>(),
    Entry::of::<i128>(),
    Entry::of::<u128>(),
    Entry::of::<char>(),
    Entry::of::<&'static str>(),
    Entry::of::<Cow<'static, str>>(),
    Entry::of::<Box<str>>(),
    Entry::of::<Arc<str>>(),
    Entry::of::<Rc<str>>(),
    Entry::of::<Vec<u8>>(),
    Entry::of::<SystemTime>(),
    Entry::of::<Duration>(),
];

/// The types a key may have that counts upwards.
const INTEGERS: &[Entry] = &[
    Entry::only::<i64>(),
    Entry::only::<i32>(),
    Entry::only::<u64>(),
    Entry::only::<u32>(),
    Entry::only::<i16>(),
    Entry::only::<u16>(),
    Entry::only::<i8>(),
    Entry::only::<u8>(),
    Entry::only::<isize>(),
    Entry::only::<usize>(),
    Entry::only::<i128>(),
    Entry::only::<u128>(),
];

impl<C: Common> Common for Option<C> {
    fn value(&self) -> Value {
        self.as_ref().map_or(Value::Null, C::value)
    }

    fn of(value: &Value) -> Option<Self> {
        if *value == Value::Null { Some(None) } else { C::of(value).map(Some) }
    }
}

impl Common for bool {
    fn value(&self) -> Value {
        Value::Bool(*self)
    }

    fn of(value: &Value) -> Option<Self> {
        if let Value::Bool(value) = value { Some(*value) } else { None }
    }
}

macro_rules! integers {
    ($($ty:ty)*) => {$(
        impl Common for $ty {
            fn value(&self) -> Value {
                i64::try_from(*self)
                    .map(Value::Int)
                    .or_else(|_| u64::try_from(*self).map(Value::UInt))
                    .unwrap_or_else(|_| Value::Text(self.to_string()))
            }

            fn of(value: &Value) -> Option<Self> {
                match value {
                    Value::Int(value) => Self::try_from(*value).ok(),
                    Value::UInt(value) => Self::try_from(*value).ok(),
                    Value::Text(digits) if Self::BITS > 64 => digits.parse().ok(),
                    _ => None,
                }
            }
        }
    )*};
}
integers! { i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize }

impl Common for f64 {
    fn value(&self) -> Value {
        Value::Float(*self)
    }

    #[expect(clippy::cast_precision_loss, reason = "whoever means a float may write `1`")]
    fn of(value: &Value) -> Option<Self> {
        match value {
            Value::Float(value) => Some(*value),
            Value::Int(value) => Some(*value as f64),
            Value::UInt(value) => Some(*value as f64),
            _ => None,
        }
    }
}

impl Common for f32 {
    fn value(&self) -> Value {
        Value::Float(f64::from(*self))
    }

    #[expect(clippy::cast_possible_truncation, reason = "the nearest one is what was meant")]
    fn of(value: &Value) -> Option<Self> {
        f64::of(value).map(|value| value as f32)
    }
}

impl Common for char {
    fn value(&self) -> Value {
        Value::Text(self.to_string())
    }

    fn of(value: &Value) -> Option<Self> {
        if let Value::Text(text) = value { text.parse().ok() } else { None }
    }
}

impl Common for &str {
    fn value(&self) -> Value {
        Value::Text((*self).to_owned())
    }

    /// Nobody would free it.
    fn of(_: &Value) -> Option<Self> {
        None
    }
}

macro_rules! texts {
    ($($ty:ty)*) => {$(
        impl Common for $ty {
            fn value(&self) -> Value {
                Value::Text(String::from(&**self))
            }

            fn of(value: &Value) -> Option<Self> {
                if let Value::Text(text) = value { Some(text.as_str().to_owned().into()) } else { None }
            }
        }
    )*};
}
texts! { String Cow<'_, str> Box<str> Arc<str> Rc<str> }

impl Common for Vec<u8> {
    fn value(&self) -> Value {
        Value::Bytes(self.clone())
    }

    fn of(value: &Value) -> Option<Self> {
        if let Value::Bytes(bytes) = value { Some(bytes.clone()) } else { None }
    }
}

/// Types that are written as text in this format, and can be read from it.
#[allow(unused_macros, reason = "needed by the types of other crates only")]
macro_rules! parsed {
    ($format:literal $($ty:ty)*) => {$(
        impl Common for $ty {
            fn value(&self) -> Value {
                Value::Text(format!($format, self))
            }

            fn of(value: &Value) -> Option<Self> {
                if let Value::Text(text) = value { text.parse().ok() } else { None }
            }
        }
    )*};
}

/// Types that are written as text in this format, and cannot be read from it.
macro_rules! shown {
    ($format:literal $($ty:ty)*) => {$(
        impl Common for $ty {
            fn value(&self) -> Value {
                Value::Text(format!($format, self))
            }

            fn of(_: &Value) -> Option<Self> {
                None
            }
        }
    )*};
}

shown! { "{:?}" SystemTime Duration }
// Their debug form is ISO 8601, which their display form is not.
#[cfg(feature = "chrono")]
parsed! { "{:?}" chrono::DateTime<chrono::Utc> chrono::DateTime<chrono::FixedOffset>
chrono::NaiveDateTime chrono::NaiveDate chrono::NaiveTime }
#[cfg(feature = "time")]
shown! { "{}" time::OffsetDateTime time::PrimitiveDateTime time::Date time::Time }
#[cfg(feature = "jiff")]
parsed! { "{}" jiff::Timestamp jiff::Zoned jiff::civil::DateTime jiff::civil::Date jiff::civil::Time }
#[cfg(feature = "uuid")]
parsed! { "{}" uuid::Uuid }
#[cfg(feature = "rust_decimal")]
parsed! { "{}" rust_decimal::Decimal }
#[cfg(feature = "bigdecimal")]
parsed! { "{}" bigdecimal::BigDecimal }
#[cfg(feature = "serde_json")]
parsed! { "{}" serde_json::Value }

#[cfg(test)]
#[path = "common_tests.rs"]
mod tests;
