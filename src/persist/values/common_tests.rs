//! There and back for every common type.

use super::*;
use std::fmt::Debug;

#[track_caller]
#[expect(clippy::needless_pass_by_value, reason = "the list below reads better")]
fn round<T: Common + Debug + PartialEq + Clone + 'static>(it: T, value: Value) {
    assert_eq!(value_of(&it), Some(value.clone()));
    assert_eq!(value_of(&Some(it.clone())), Some(value.clone()));
    assert_eq!(value_of(&None::<T>), Some(Value::Null));
    assert_eq!(from_value::<T>(&value), Ok(it.clone()));
    assert_eq!(from_value::<Option<T>>(&value), Ok(Some(it)));
    assert_eq!(from_value::<Option<T>>(&Value::Null), Ok(None));
    assert_eq!(from_value::<T>(&Value::Null), Err(Misfit::Value));
    assert_eq!(from_value::<T>(&Value::Opaque("Role")), Err(Misfit::Value));
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn types_of_the_language() {
    round(true, Value::Bool(true));
    round(-1_i8, Value::Int(-1));
    round(1_usize, Value::Int(1));
    round(u64::MAX, Value::UInt(u64::MAX));
    round(i64::MIN, Value::Int(i64::MIN));
    round(7_u128, Value::Int(7));
    round(u128::MAX, text("340282366920938463463374607431768211455"));
    round(i128::MIN, text("-170141183460469231731687303715884105728"));
    round(1.5_f64, Value::Float(1.5));
    round(0.1_f32, Value::Float(f64::from(0.1_f32)));
    round('é', text("é"));
    round("a".to_owned(), text("a"));
    round(Box::<str>::from("a"), text("a"));
    round(Arc::<str>::from("a"), text("a"));
    round(Rc::<str>::from("a"), text("a"));
    round(Cow::Borrowed("a"), text("a"));
    round(vec![0_u8, 1], Value::Bytes(vec![0, 1]));
}

#[test]
fn values_that_do_not_fit_are_refused() {
    assert_eq!(from_value::<u8>(&Value::Int(256)), Err(Misfit::Value));
    assert_eq!(from_value::<u8>(&Value::Int(-1)), Err(Misfit::Value));
    assert_eq!(from_value::<i64>(&Value::UInt(u64::MAX)), Err(Misfit::Value));
    assert_eq!(from_value::<i64>(&text("7")), Err(Misfit::Value));
    assert_eq!(from_value::<char>(&text("ab")), Err(Misfit::Value));
    assert_eq!(from_value::<bool>(&Value::Int(1)), Err(Misfit::Value));
    assert_eq!(from_value::<f32>(&Value::Int(1)), Ok(1.0));
    assert_eq!(from_value::<Vec<i32>>(&Value::Int(1)), Err(Misfit::Type));
}

#[test]
fn what_is_only_shown() {
    assert_eq!(value_of(&"a"), Some(text("a")));
    assert_eq!(from_value::<&'static str>(&text("a")), Err(Misfit::Value));
    assert_eq!(value_of(&Duration::from_millis(1_500)), Some(text("1.5s")));
    assert!(matches!(value_of(&SystemTime::UNIX_EPOCH), Some(Value::Text(_))));
    assert_eq!(value_of(&vec![1_i32]), None);
}

#[test]
fn keys() {
    assert_eq!(integer_as::<i64>(7), Some(7));
    assert_eq!(integer_as::<u128>(7), Some(7));
    assert_eq!(integer_as::<u8>(256), None);
    assert_eq!(integer_as::<f64>(7), None);
    assert_eq!(integer_as::<Option<i64>>(7), None);
}

#[cfg(feature = "chrono")]
#[test]
fn chrono_types() {
    let date = chrono::NaiveDate::from_ymd_opt(2024, 2, 29).unwrap();
    let time = date.and_hms_milli_opt(1, 2, 3, 4).unwrap();
    round(date, text("2024-02-29"));
    round(time.time(), text("01:02:03.004"));
    round(time, text("2024-02-29T01:02:03.004"));
    round(time.and_utc(), text("2024-02-29T01:02:03.004Z"));
    round(time.and_utc().fixed_offset(), text("2024-02-29T01:02:03.004+00:00"));
}

#[cfg(feature = "time")]
#[test]
fn time_types() {
    assert_eq!(value_of(&time::OffsetDateTime::UNIX_EPOCH), Some(text("1970-01-01 0:00:00.0 +00:00:00")));
}

#[cfg(feature = "jiff")]
#[test]
fn jiff_types() {
    round(jiff::Timestamp::UNIX_EPOCH, text("1970-01-01T00:00:00Z"));
    round(jiff::civil::date(2024, 2, 29), text("2024-02-29"));
    round(jiff::civil::time(1, 2, 3, 0), text("01:02:03"));
    round(jiff::civil::date(2024, 2, 29).at(1, 2, 3, 0), text("2024-02-29T01:02:03"));
    // The way back needs a database of time zones, which is for the user to enable.
    let zoned = jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
    assert_eq!(value_of(&zoned), Some(text("1970-01-01T00:00:00+00:00[UTC]")));
}

#[cfg(feature = "uuid")]
#[test]
fn uuids() {
    round(uuid::Uuid::from_u128(1), text("00000000-0000-0000-0000-000000000001"));
}

#[cfg(feature = "rust_decimal")]
#[test]
fn decimals() {
    round(rust_decimal::Decimal::new(150, 2), text("1.50"));
}

#[cfg(feature = "bigdecimal")]
#[test]
fn big_decimals() {
    round("1.50".parse::<bigdecimal::BigDecimal>().unwrap(), text("1.50"));
}

#[cfg(feature = "serde_json")]
#[test]
fn json() {
    round(serde_json::Value::from(vec![1, 2]), text("[1,2]"));
}
