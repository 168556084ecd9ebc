//! What Diesel alone knows: its own times, unsigned numbers of MySQL, arrays of Postgres, and JSON.

use crate::any::Any;
use crate::limits::Limits;
use crate::rows::rows;
use chrono::{Datelike, NaiveDateTime, Timelike};
use diesel::data_types::{MysqlTime, MysqlTimestampType, PgDate, PgInterval, PgTime, PgTimestamp};
use manufactory::Factory;
use proptest::prelude::*;
use serde_json::Value;

mod schema {
    diesel::table! {
        documents (id) {
            id -> BigInt,
            data -> Json,
            data_or -> Nullable<Json>,
        }
    }

    diesel::table! {
        diaries (id) {
            id -> BigInt,
            at -> Timestamp,
            moment -> Timestamptz,
            day -> Date,
            hour -> Time,
            span -> Interval,
            data -> Jsonb,
            numbers -> Array<Integer>,
            words -> Array<Text>,
            holes -> Array<Nullable<Text>>,
            blobs -> Nullable<Array<Binary>>,
        }
    }

    diesel::table! {
        counts (id) {
            id -> BigInt,
            tiny -> TinyInt,
            byte -> Unsigned<TinyInt>,
            short -> Unsigned<SmallInt>,
            middle -> Unsigned<Integer>,
            large -> Unsigned<BigInt>,
            tiny_or -> Nullable<TinyInt>,
            large_or -> Nullable<Unsigned<BigInt>>,
            at -> Datetime,
            at_or -> Nullable<Datetime>,
        }
    }
}

rows! {
    #[derive(Debug, Clone, Factory, diesel::QueryableByName)]
    #[diesel(table_name = schema::documents)]
    #[factory(table = schema::documents)]
    struct Document by DocumentFactory in "documents" {
        data: Value,
        data_or: Option<Value>,
    }
}

rows! {
    #[derive(Debug, Clone, Factory, diesel::QueryableByName)]
    #[diesel(table_name = schema::diaries)]
    #[factory(table = schema::diaries, on(postgres))]
    struct Diary by DiaryFactory in "diaries" {
        #[factory(value(PgTimestamp(0)))]
        at: PgTimestamp,
        #[factory(value(PgTimestamp(0)))]
        moment: PgTimestamp,
        #[factory(value(PgDate(0)))]
        day: PgDate,
        #[factory(value(PgTime(0)))]
        hour: PgTime,
        #[factory(value(PgInterval::new(0, 0, 0)))]
        span: PgInterval,
        data: Value,
        numbers: Vec<i32>,
        words: Vec<String>,
        holes: Vec<Option<String>>,
        blobs: Option<Vec<Vec<u8>>>,
    }
}

rows! {
    #[derive(Debug, Clone, Factory, diesel::QueryableByName)]
    #[diesel(table_name = schema::counts)]
    #[factory(table = schema::counts, on(mysql))]
    struct Count by CountFactory in "counts" {
        tiny: i8,
        byte: u8,
        short: u16,
        middle: u32,
        large: u64,
        tiny_or: Option<i8>,
        large_or: Option<u64>,
        #[factory(value(moment(NaiveDateTime::default())))]
        at: MysqlTime,
        at_or: Option<MysqlTime>,
    }
}

/// Microseconds since 2000: from 4713 BC to 294276 AD, and both ends of time.
impl Any for PgTimestamp {
    fn any(_: &'static Limits) -> BoxedStrategy<Self> {
        let ends = proptest::sample::select(&[i64::MIN, i64::MAX, 0][..]);
        prop_oneof![3 => -211_810_204_800_000_000..9_223_371_331_200_000_000_i64, 1 => ends].prop_map(Self).boxed()
    }
}

/// Days since 2000.
impl Any for PgDate {
    fn any(_: &'static Limits) -> BoxedStrategy<Self> {
        let ends = proptest::sample::select(&[i32::MIN, i32::MAX, 0][..]);
        prop_oneof![3 => -2_451_500..2_145_031_948_i32, 1 => ends].prop_map(Self).boxed()
    }
}

/// Microseconds since midnight.
impl Any for PgTime {
    fn any(_: &'static Limits) -> BoxedStrategy<Self> {
        (0..=86_400_000_000_i64).prop_map(Self).boxed()
    }
}

impl Any for PgInterval {
    fn any(_: &'static Limits) -> BoxedStrategy<Self> {
        let parts = (-1_000_000_000_000..1_000_000_000_000_i64, -1_000_000..1_000_000_i32, -10_000..10_000_i32);
        parts.prop_map(|(microseconds, days, months)| Self::new(microseconds, days, months)).boxed()
    }
}

impl Any for MysqlTime {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        NaiveDateTime::any(limits).prop_map(moment).boxed()
    }

    /// Without its kind, of which midnight has another.
    fn shown(&self) -> String {
        let Self { year, month, day, hour, minute, second, second_part, neg, .. } = self;
        format!("{neg} {year}-{month}-{day} {hour}:{minute}:{second}.{second_part:06}")
    }
}

fn moment(at: NaiveDateTime) -> MysqlTime {
    let (year, micros) = (u32::try_from(at.year()).unwrap(), u64::from(at.nanosecond() / 1_000));
    let kind = MysqlTimestampType::MYSQL_TIMESTAMP_DATETIME;
    MysqlTime::new(year, at.month(), at.day(), at.hour(), at.minute(), at.second(), micros, false, kind, 0)
}

fn documents(key: &str, json: &str) -> String {
    format!("create table documents (id {key} primary key, data {json} not null, data_or {json})")
}

fn sqlite() -> String {
    documents("integer", "text")
}

mod in_sqlite {
    crate::values::through! { Document, sqlite in sqlite: diesel, diesel_async }
}

#[cfg(feature = "_servers")]
mod in_postgres {
    use super::{Diary, Document, documents};

    fn json() -> String {
        documents("bigserial", "json")
    }

    fn table() -> String {
        let columns = "at timestamp not null, moment timestamptz not null, day date not null, hour time not null, \
                       span interval not null, data jsonb not null, numbers integer[] not null, words text[] not null, \
                       holes text[] not null, blobs bytea[]";
        format!("create table diaries (id bigserial primary key, {columns})")
    }

    mod documents {
        crate::values::through! { Document, json in postgres: diesel_async }
    }

    mod diaries {
        crate::values::through! { Diary, table in postgres: diesel_async }
    }

    #[cfg(feature = "diesel-postgres")]
    mod waiting {
        use super::{Diary, Document, json, table};

        mod documents {
            crate::values::through! { Document, json in postgres: diesel }
        }

        mod diaries {
            crate::values::through! { Diary, table in postgres: diesel }
        }
    }
}

#[cfg(feature = "_servers")]
mod in_mariadb {
    use super::{Count, Document, documents};

    fn json() -> String {
        documents("bigint auto_increment", "json")
    }

    fn table() -> String {
        let columns = "tiny tinyint not null, byte tinyint unsigned not null, short smallint unsigned not null, \
                       middle int unsigned not null, large bigint unsigned not null, tiny_or tinyint, \
                       large_or bigint unsigned, at datetime(6) not null, at_or datetime(6)";
        format!("create table counts (id bigint auto_increment primary key, {columns})")
    }

    mod documents {
        crate::values::through! { Document, json in mysql: diesel_async }
    }

    mod counts {
        crate::values::through! { Count, table in mysql: diesel_async }
    }

    #[cfg(feature = "diesel-mysql")]
    mod waiting {
        use super::{Count, Document, json, table};

        mod documents {
            crate::values::through! { Document, json in mysql: diesel }
        }

        mod counts {
            crate::values::through! { Count, table in mysql: diesel }
        }
    }
}
