//! Moments with and without a time zone, dates, times and spans, in the types of two libraries; as in Windmill (chrono),
//! Atuin and hyperswitch (time).

use super::databases::{pg_rows, postgres};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use manufactory::{Factory, Session};
use sqlx::postgres::types::PgInterval;
use std::time::{Duration, UNIX_EPOCH};
use time::{OffsetDateTime, PrimitiveDateTime};

#[derive(Debug, Factory)]
#[factory(table = "shifts", on(sqlx, postgres))]
struct Shift {
    #[factory(key)]
    id: i64,
    #[factory(lazy(|now| DateTime::<Utc>::from(now) - TimeDelta::hours(8)))]
    starts_at: DateTime<Utc>,
    #[factory(lazy(|starts_at| *starts_at + TimeDelta::hours(4)))]
    ends_at: DateTime<Utc>,
    local: NaiveDateTime,
    day: NaiveDate,
    alarm: NaiveTime,
    #[factory(value(DateTime::parse_from_rfc3339("2024-02-29T12:00:00+09:00").unwrap()))]
    planned_at: DateTime<FixedOffset>,
    cancelled_at: Option<DateTime<Utc>>,
    logged_at: OffsetDateTime,
    booked_at: PrimitiveDateTime,
    #[factory(value(PgInterval { months: 0, days: 1, microseconds: 1_800_000_000 }))]
    rest: PgInterval,
}

#[tokio::test]
async fn the_clock_is_the_sessions() {
    let (db, _database) = postgres(
        "create table shifts (id bigserial primary key, starts_at timestamptz not null, ends_at timestamptz not null,
                              local timestamp not null, day date not null, alarm time not null, planned_at timestamptz not null,
                              cancelled_at timestamptz, logged_at timestamptz not null, booked_at timestamp not null,
                              rest interval not null, check (starts_at < ends_at))",
    )
    .await;
    let _session = Session::seeded(1).at(UNIX_EPOCH + Duration::from_secs(1_700_000_000)).enter();
    let shift = Shift::factory().create(&db).await.unwrap();
    assert_eq!(shift.planned_at, DateTime::parse_from_rfc3339("2024-02-29T03:00:00Z").unwrap());
    let shifts = Shift::factory().cancelled_at(shift.ends_at).create_batch(&db, 2).await.unwrap();
    assert_eq!((shifts[1].cancelled_at, shifts[1].rest.days), (Some(shift.ends_at), 1));
    let found =
        "select concat_ws(' ', starts_at at time zone 'utc', local, day, alarm, logged_at at time zone 'utc', rest)
                 from shifts where cancelled_at is null";
    let now = "2023-11-14 22:13:20";
    let expected = format!("2023-11-14 14:13:20 {now} 2023-11-14 22:13:20 {now} 1 day 00:30:00");
    assert_eq!(pg_rows(&db, found).await, [expected]);
}
