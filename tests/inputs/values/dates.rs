//! Days and moments that a database does not have: what it says then, or what it makes of them.

use super::dated::{Dated, DatedFactory};
use crate::cases::runtime;
use crate::places::{self, Place};
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use manufactory::persist::{Create, Outcome};
use manufactory::{Factory, Stage};

fn day(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap()
}

fn moment(year: i32) -> DateTime<Utc> {
    day(year).and_time(NaiveTime::MIN).and_utc()
}

/// Fails unless the row is refused, alone and among others, at this stage and in these words.
async fn refused<P: Place>(place: &mut P, row: impl Fn() -> DatedFactory, stage: Stage, start: &str, words: &str)
where
    DatedFactory: Create<P::Backend>,
{
    for rows in [1, 3] {
        let all = Dated::factory().times(rows).each(|i, other| if i + 1 == rows { row() } else { other });
        let error = all.create(place.handle()).settle().await.unwrap_err();
        assert_eq!((error.stage(), error.row()), (stage, Some((rows - 1, rows))), "{error:?}");
        let text = format!("{error:?}");
        assert!(text.starts_with(&format!("{start}, row {} of {rows}", rows - 1)) && text.contains(words), "{text}");
    }
}

async fn beyond_postgres<P: Place>(mut place: P)
where
    DatedFactory: Create<P::Backend>,
{
    let (place, start) = (&mut place, "cannot insert Dated");
    refused(place, || Dated::factory().day(NaiveDate::MIN), Stage::Insert, start, "date out of range").await;
    refused(place, || Dated::factory().at(NaiveDateTime::MIN), Stage::Insert, start, "timestamp out of range").await;
    refused(
        place,
        || Dated::factory().moment(DateTime::<Utc>::MIN_UTC),
        Stage::Insert,
        start,
        "timestamp out of range",
    )
    .await;
}

#[test]
fn before_the_calendar_of_postgres() {
    runtime().block_on(async {
        beyond_postgres(places::sqlx::postgres(&super::dated::postgres()).await).await;
        beyond_postgres(places::sea_orm::postgres(&super::dated::postgres()).await).await;
    });
}

/// A TIMESTAMP begins with 1970, and ends with 2038.
async fn beyond_timestamp<P: Place>(place: &mut P)
where
    DatedFactory: Create<P::Backend>,
{
    let start = "cannot insert Dated";
    refused(place, || Dated::factory().moment(moment(1970)), Stage::Insert, start, "Incorrect datetime value").await;
    let row = Dated::factory().moment_or(moment(2039)).create(place.handle()).settle().await.unwrap();
    assert_eq!(row.moment_or, None, "MariaDB takes it for NULL");
    let row = Dated::factory().moment(moment(1969)).create(place.handle()).settle().await.unwrap();
    assert!(row.moment > moment(2020), "MariaDB takes NULL for now: {}", row.moment);
}

#[test]
fn years_that_mariadb_has_not_through_sqlx() {
    runtime().block_on(async {
        let mut place = places::sqlx::mysql(&super::dated::mariadb()).await;
        let (place, before) = (&mut place, "cannot encode Dated.day");
        refused(place, || Dated::factory().day(day(-1)), Stage::Encode, before, "out of range for Mysql").await;
        refused(place, || Dated::factory().day(NaiveDate::MAX), Stage::Encode, before, "out of range for Mysql").await;
        // In between MariaDB makes it the zero date, which is NULL to sqlx.
        let row = Dated::factory().day_or(day(10_000)).create(place.handle()).settle().await.unwrap();
        assert_eq!(row.day_or, None);
        beyond_timestamp(place).await;
    });
}

#[test]
fn years_that_mariadb_has_not_through_sea_orm() {
    runtime().block_on(async {
        let mut place = places::sea_orm::mysql(&super::dated::mariadb()).await;
        let (place, start, words) = (&mut place, "cannot insert Dated", "MySQL and MariaDB have the years 0 to 9999");
        refused(place, || Dated::factory().day(day(-1)), Stage::Insert, start, words).await;
        refused(place, || Dated::factory().day_or(day(10_000)), Stage::Insert, start, words).await;
        refused(place, || Dated::factory().at(NaiveDateTime::MAX), Stage::Insert, start, words).await;
        refused(place, || Dated::factory().moment_or(DateTime::<Utc>::MIN_UTC), Stage::Insert, start, words).await;
        beyond_timestamp(place).await;
    });
}
