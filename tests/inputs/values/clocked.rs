//! Dates and times of the crate `time`, which sqlx knows in every database.

use crate::any::Any;
use crate::limits::Limits;
use crate::rows::rows;
use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, Timelike, Utc};
use manufactory::Factory;
use proptest::strategy::{BoxedStrategy, Strategy};
use time::{Date, OffsetDateTime, PrimitiveDateTime, Time};

rows! {
    #[derive(Debug, Clone, Factory, sqlx::FromRow)]
    #[factory(table = "clocked", on(sqlx))]
    struct Clocked by ClockedFactory in "clocked" {
        day: Date,
        hour: Time,
        at: PrimitiveDateTime,
        moment: OffsetDateTime,
        day_or: Option<Date>,
        hour_or: Option<Time>,
        at_or: Option<PrimitiveDateTime>,
        moment_or: Option<OffsetDateTime>,
    }
}

fn day(day: NaiveDate, limits: &Limits) -> Date {
    let year = day.year().clamp(limits.clock.0, limits.clock.1);
    Date::from_ordinal_date(year, u16::try_from(day.ordinal().min(365)).unwrap()).unwrap()
}

fn hour(time: NaiveTime) -> Time {
    let part = |part: u32| u8::try_from(part).unwrap();
    Time::from_hms_nano(part(time.hour()), part(time.minute()), part(time.second()), time.nanosecond()).unwrap()
}

impl Any for Date {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        NaiveDate::any(limits).prop_map(|any| day(any, limits)).boxed()
    }
}

impl Any for Time {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        NaiveTime::any(limits).prop_map(hour).boxed()
    }
}

impl Any for PrimitiveDateTime {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        (Date::any(limits), Time::any(limits)).prop_map(|(day, time)| Self::new(day, time)).boxed()
    }
}

impl Any for OffsetDateTime {
    fn any(limits: &'static Limits) -> BoxedStrategy<Self> {
        let moments = DateTime::<Utc>::any(limits);
        moments
            .prop_map(|at| PrimitiveDateTime::new(day(at.date_naive(), limits), hour(at.time())).assume_utc())
            .boxed()
    }
}

fn table(key: &str, types: [&str; 4]) -> String {
    let columns = ["day", "hour", "at", "moment"].iter().zip(types);
    let columns = columns.map(|(name, ty)| format!(", {name} {ty} not null, {name}_or {ty} null"));
    format!("create table clocked (id {key} primary key{})", columns.collect::<String>())
}

fn sqlite() -> String {
    table("integer", ["date", "time", "datetime", "datetime"])
}

#[cfg(feature = "_servers")]
fn postgres() -> String {
    table("bigserial", ["date", "time", "timestamp", "timestamptz"])
}

#[cfg(feature = "_servers")]
fn mariadb() -> String {
    table("bigint auto_increment", ["date", "time(6)", "datetime(6)", "timestamp(6)"])
}

super::every! { Clocked: sqlx }

#[test]
fn years_that_time_does_not_write_as_text() {
    crate::cases::runtime().block_on(async {
        let mut place = crate::places::sqlx::sqlite(&sqlite()).await;
        for rows in [1, 3] {
            let before = OffsetDateTime::UNIX_EPOCH.replace_year(-1).unwrap();
            let error = Clocked::factory().moment(before).create_batch(&mut place.db, rows).await.unwrap_err();
            let text = error.to_string();
            assert!(text.starts_with(&format!("cannot encode Clocked.moment, row 0 of {rows} with ")), "{text}");
        }
    });
}
