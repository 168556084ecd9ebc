//! Arbitrary values of every type, the extreme ones more often than by chance. Knows no database but by its limits.

use crate::limits::Limits;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Number, Value};
use uuid::Uuid;

/// A type of which there are arbitrary values.
pub(crate) trait Any: Sized + Clone + std::fmt::Debug + 'static {
    /// Those that a database can hold.
    fn any(limits: &'static Limits) -> BoxedStrategy<Self>;

    /// As a text that no other value has.
    fn shown(&self) -> String {
        format!("{self:?}")
    }
}

macro_rules! integers {
    ($($ty:ty)*) => {$(
        impl Any for $ty {
            fn any(_: &'static Limits) -> BoxedStrategy<Self> {
                prop_oneof![3 => any::<$ty>(), 1 => select(&[<$ty>::MIN, <$ty>::MAX, 0, 1][..])].boxed()
            }
        }
    )*};
}
integers! { i8 i16 i32 i64 u8 u16 u32 u64 }

macro_rules! floats {
    ($($ty:ident)*) => {$(
        impl Any for $ty {
            fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
                const ODD: &[$ty] = &[
                    $ty::NAN, $ty::INFINITY, $ty::NEG_INFINITY, -0.0, 0.0, $ty::MIN, $ty::MAX, $ty::MIN_POSITIVE,
                    $ty::EPSILON, 1e-40, -1e-40, 0.1, 1e23, 16_777_217.0, 9_007_199_254_740_993.0,
                ];
                let every = prop_oneof![3 => any::<$ty>(), 1 => select(ODD), 1 => any::<i16>().prop_map($ty::from)];
                let held = move |value: $ty| match value {
                    value if value.is_nan() && !limits.nan => 1.5,
                    value if value.is_infinite() && !limits.infinite => $ty::MAX,
                    value if value == 0.0 && !limits.minus_zero => 0.0,
                    value => value,
                };
                every.prop_map(held).boxed()
            }
        }
    )*};
}
floats! { f32 f64 }

impl Any for bool {
    fn any(_: &'static Limits) -> BoxedStrategy<Self> {
        any::<bool>().boxed()
    }
}

/// Texts that mean something to somebody on the way.
const ODD: &[&str] = &[
    "",
    " ",
    "\0",
    "a\0b",
    "'); drop table plains; --",
    "' or 1=1 --",
    "?",
    "??",
    "$1",
    "$$",
    ":name",
    "@x",
    "%s %d %",
    "\\",
    "\\'",
    "\\\\\\",
    "\\N",
    "\\.",
    "\"",
    "`",
    "'",
    "''",
    "‘’“”«»",
    "{}",
    "{0}",
    "NULL",
    "null",
    "true",
    "NaN",
    "0",
    "1e400",
    "\r\n\t",
    "\u{1b}[31m",
    "🦀",
    "👩‍👩‍👧‍👦",
    "🇰🇷",
    "\u{301}",
    "e\u{301}\u{327}",
    "שָׁלוֹם",
    "\u{202e}abc",
    "مرحبا",
    "\u{feff}bom",
    "\u{fffd}\u{fffe}\u{ffff}",
    "\u{10ffff}",
    "한국어",
    "ﬁ ß ẞ İ ı",
    "/* */ -- #",
    ";",
    "\u{80}\u{7f}",
    "trailing  ",
];

impl Any for String {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        let every = prop_oneof![
            3 => select(ODD).prop_map(str::to_owned),
            2 => "\\PC{0,40}",
            1 => vec(any::<char>(), 0..60).prop_map(String::from_iter),
            1 => (select(ODD), select(ODD), select(ODD)).prop_map(|(a, b, c)| format!("{a}{b}{c}")),
            1 => (select(ODD), 0..300_usize).prop_map(|(text, times)| text.repeat(times)),
        ];
        every.prop_map(|text| if limits.nul { text } else { text.replace('\0', "0") }).boxed()
    }
}

impl Any for Vec<u8> {
    fn any(_: &'static Limits) -> BoxedStrategy<Self> {
        prop_oneof![4 => vec(any::<u8>(), 0..60), 1 => vec(any::<u8>(), 250..260), 1 => Just(Vec::new())].boxed()
    }
}

macro_rules! lists {
    ($($ty:ty)*) => {$(
        impl Any for Vec<$ty> {
            fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
                vec(<$ty>::any(limits), 0..6).boxed()
            }
        }
    )*};
}
lists! { i32 i64 f64 bool String Option<String> Vec<u8> Uuid }

impl<T: Any> Any for Option<T> {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        proptest::option::of(T::any(limits)).boxed()
    }

    fn shown(&self) -> String {
        self.as_ref().map_or_else(|| "None".to_owned(), |value| format!("Some({})", value.shown()))
    }
}

impl Any for Uuid {
    fn any(_: &'static Limits) -> BoxedStrategy<Self> {
        prop_oneof![4 => any::<u128>(), 1 => select(&[0, u128::MAX][..])].prop_map(Uuid::from_u128).boxed()
    }
}

/// A day of these years, the first and the last more often.
fn days((first, last): (i32, i32)) -> BoxedStrategy<NaiveDate> {
    let first = NaiveDate::from_ymd_opt(first, 1, 1).unwrap();
    let last = NaiveDate::from_ymd_opt(last, 12, 31).unwrap();
    let count = u64::try_from(last.num_days_from_ce() - first.num_days_from_ce()).unwrap();
    prop_oneof![4 => 0..=count, 1 => select(vec![0, count])].prop_map(move |n| first + Days::new(n)).boxed()
}

impl Any for NaiveDate {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        days(limits.years)
    }
}

impl Any for NaiveTime {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        let nanos = prop_oneof![3 => 0..1_000_000_000_u32, 1 => select(&[0, 999_999_999, 1_000][..])];
        let seconds = prop_oneof![3 => 0..86_400_u32, 1 => select(&[0, 86_399][..])];
        let tick = limits.tick;
        (seconds, nanos)
            .prop_map(move |(seconds, nanos)| {
                NaiveTime::from_num_seconds_from_midnight_opt(seconds, nanos / tick * tick).unwrap()
            })
            .boxed()
    }
}

impl Any for NaiveDateTime {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        (NaiveDate::any(limits), NaiveTime::any(limits)).prop_map(|(day, time)| day.and_time(time)).boxed()
    }
}

impl Any for DateTime<Utc> {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        (days(limits.moments), NaiveTime::any(limits)).prop_map(|(day, time)| day.and_time(time).and_utc()).boxed()
    }
}

impl Any for Value {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        // Numbers that every database's own JSON holds as they are.
        let number = prop_oneof![
            any::<i64>().prop_map(Number::from),
            (-1_000_000..1_000_000_i32).prop_map(|n| Number::from_f64(f64::from(n) / 64.0).unwrap()),
        ];
        let text = move || String::any(limits).prop_map(|text| text.replace('\0', "0"));
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            number.prop_map(Value::Number),
            text().prop_map(Value::String),
        ];
        let value = leaf.prop_recursive(2, 8, 3, move |inner| {
            prop_oneof![
                vec(inner.clone(), 0..3).prop_map(Value::Array),
                vec((text(), inner), 0..3).prop_map(|pairs| Value::Object(Map::from_iter(pairs))),
            ]
        });
        value.boxed()
    }
}
