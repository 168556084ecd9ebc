//! What attributes without a declaration get, type by type.

use std::borrow::Cow;
use std::collections::HashMap;
use std::marker::PhantomData;
use std::net::{IpAddr, Ipv4Addr};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::*;
use crate::session::{Session, hash};

/// The automatic value of an attribute called `field` in the row with this number.
fn auto<T: Auto>(n: u64) -> T {
    let session = Session::seeded(42).at(SystemTime::UNIX_EPOCH + Duration::from_secs(86_400));
    T::auto(&Attribute::new(&session, hash("Factory.field"), "field", n, n))
}

#[test]
fn integers_wrap_at_their_maximum() {
    assert_eq!([0, 255, 256, 300].map(auto::<u8>), [0, 255, 0, 44]);
    assert_eq!([0, 127, 128, 300].map(auto::<i8>), [0, 127, 0, 44]);
    assert_eq!([65_535, 65_536].map(auto::<u16>), [65_535, 0]);
    assert_eq!([32_767, 32_768].map(auto::<i16>), [32_767, 0]);
    assert_eq!(auto::<i32>(1 << 31), 0);
    assert_eq!(auto::<u64>(u64::MAX), u64::MAX);
    assert_eq!(auto::<i64>(u64::MAX), i64::MAX);
    assert_eq!(auto::<u128>(u64::MAX), u128::from(u64::MAX));
    assert_eq!(auto::<i128>(u64::MAX), i128::from(u64::MAX));
    assert_eq!(auto::<usize>(7), 7);
    assert_eq!(auto::<isize>(7), 7);
}

#[test]
fn plain_values() {
    assert!(!auto::<bool>(1));
    assert_eq!(auto::<char>(1), 'a');
    assert_eq!(auto::<f64>(3).to_bits(), 3_f64.to_bits());
    assert_eq!(auto::<f32>(3).to_bits(), 3_f32.to_bits());
    assert_eq!(auto::<Option<PhantomData<str>>>(1), None);
    assert_eq!(auto::<Vec<PhantomData<str>>>(1), []);
    assert!(auto::<HashMap<String, Vec<u8>>>(1).is_empty());
    assert_eq!(auto::<[u8; 3]>(7), [7, 7, 7]);
}

#[test]
fn text_of_every_kind() {
    assert_eq!(auto::<String>(7), "field7");
    assert_eq!(&*auto::<Box<str>>(7), "field7");
    assert_eq!(&*auto::<Rc<str>>(7), "field7");
    assert_eq!(&*auto::<Arc<str>>(7), "field7");
    assert_eq!(auto::<Cow<'static, str>>(7), "field7");
    assert_eq!(auto::<&'static str>(7), "field");
    assert_eq!(*auto::<Box<String>>(7), "field7");
    assert_eq!(*auto::<Arc<u8>>(7), 7);
}

#[test]
fn addresses_are_numbered() {
    assert_eq!(auto::<Ipv4Addr>(0x01_02_03), Ipv4Addr::new(10, 1, 2, 3));
    assert_eq!(auto::<IpAddr>(u64::MAX), Ipv4Addr::new(10, 255, 255, 255));
}

#[test]
fn times_are_the_clock() {
    assert_eq!(auto::<SystemTime>(1), SystemTime::UNIX_EPOCH + Duration::from_secs(86_400));
    assert_eq!(auto::<Duration>(1), Duration::ZERO);
}

#[cfg(feature = "chrono")]
#[test]
fn chrono_times_are_the_clock() {
    use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};

    assert_eq!(auto::<DateTime<Utc>>(1).to_rfc3339(), "1970-01-02T00:00:00+00:00");
    assert_eq!(auto::<DateTime<FixedOffset>>(1).timestamp(), 86_400);
    assert_eq!(auto::<NaiveDateTime>(1).to_string(), "1970-01-02 00:00:00");
    assert_eq!(auto::<NaiveDate>(1).to_string(), "1970-01-02");
    assert_eq!(auto::<NaiveTime>(1), NaiveTime::MIN);
}

#[cfg(feature = "time")]
#[test]
fn time_times_are_the_clock() {
    use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

    assert_eq!(auto::<OffsetDateTime>(1).unix_timestamp(), 86_400);
    assert_eq!(auto::<PrimitiveDateTime>(1).time(), Time::MIDNIGHT);
    assert_eq!(auto::<Date>(1).ordinal(), 2);
    assert_eq!(auto::<Time>(1), Time::MIDNIGHT);
}

#[cfg(feature = "jiff")]
#[test]
fn jiff_times_are_the_clock() {
    use jiff::civil::{Date, DateTime, Time};
    use jiff::{Timestamp, Zoned};

    assert_eq!(auto::<Timestamp>(1).as_second(), 86_400);
    assert_eq!(auto::<Zoned>(1).timestamp(), auto::<Timestamp>(1));
    assert_eq!(auto::<DateTime>(1).to_string(), "1970-01-02T00:00:00");
    assert_eq!(auto::<Date>(1).to_string(), "1970-01-02");
    assert_eq!(auto::<Time>(1), Time::midnight());
}

#[cfg(feature = "uuid")]
#[test]
fn uuids_are_of_version_4() {
    use uuid::{Uuid, Variant};

    let uuid = auto::<Uuid>(1);
    assert_eq!((uuid.get_version_num(), uuid.get_variant()), (4, Variant::RFC4122));
    assert_eq!(uuid, auto::<Uuid>(1));
    assert_ne!(uuid, auto::<Uuid>(2));
}

#[cfg(feature = "rust_decimal")]
#[test]
fn decimals_are_numbered() {
    assert_eq!(auto::<rust_decimal::Decimal>(7).to_string(), "7");
}

#[cfg(feature = "bigdecimal")]
#[test]
fn big_decimals_are_numbered() {
    assert_eq!(auto::<bigdecimal::BigDecimal>(7).to_string(), "7");
}

#[cfg(feature = "serde_json")]
#[test]
fn json_is_an_empty_object() {
    assert_eq!(auto::<serde_json::Value>(7), serde_json::json!({}));
}
