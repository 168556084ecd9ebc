//! Attributes without a declaration.

use manufactory::{Attribute, Auto, Factory, Session};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::time::{Duration, SystemTime};

#[derive(Factory)]
struct Everything {
    flag: bool,
    tiny: u8,
    signed: i8,
    big: i64,
    ratio: f64,
    code: String,
    optional: Option<NoAuto>,
    list: Vec<NoAuto>,
    map: HashMap<String, u8>,
    sorted: BTreeMap<String, u8>,
    set: HashSet<u8>,
    at: SystemTime,
    kind: Kind,
}

/// A type that no library knows.
struct NoAuto;

#[derive(Debug, PartialEq)]
struct Kind(u64);

impl Auto for Kind {
    fn auto(attribute: &Attribute<'_>) -> Self {
        Self(attribute.n() * 10)
    }
}

#[test]
fn every_type_has_a_plain_value() {
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000);
    let _session = Session::seeded(1).at(at).enter();
    let first = Everything::factory().build();
    assert!(!first.flag && first.optional.is_none());
    assert_eq!((first.tiny, first.signed, first.big, first.code.as_str()), (0, 0, 0, "code0"));
    assert!(first.list.is_empty() && first.map.is_empty() && first.sorted.is_empty() && first.set.is_empty());
    assert_eq!(first.at, at);
    let later = Everything::factory().build_batch(300).pop().unwrap();
    assert_eq!((later.tiny, later.signed, later.big, later.kind), (44, 44, 300, Kind(3_000)));
    assert!((later.ratio - 300.0).abs() < f64::EPSILON);
}

#[derive(Factory)]
struct Nothing {}

#[derive(Factory)]
struct Unit;

#[test]
fn a_struct_without_fields_is_made_too() {
    let _: (Nothing, Unit) = (Nothing::factory().build(), Unit::factory().build());
}
