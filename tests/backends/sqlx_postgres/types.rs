//! Types that Postgres has: arrays, enums, JSON, ranges, domains, addresses, times, decimals.

use super::pool;
use bigdecimal::BigDecimal;
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use ipnetwork::IpNetwork;
use manufactory::{Auto, Factory, Session};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use sqlx::postgres::types::PgRange;
use std::ops::Bound;
use time::OffsetDateTime;
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Auto, sqlx::Type)]
#[sqlx(type_name = "mood", rename_all = "lowercase")]
pub(super) enum Mood {
    Calm,
    Wild,
}

#[derive(Debug, Clone, Copy, PartialEq, Auto, sqlx::Type)]
#[repr(i16)]
pub(super) enum Level {
    Low = 1,
    High = 2,
}

#[derive(Debug, Clone, PartialEq, sqlx::Type)]
#[sqlx(transparent)]
pub(super) struct Slug(String);

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "things", on(sqlx, postgres))]
pub(super) struct Thing {
    #[factory(key)]
    id: i64,
    uuid: Uuid,
    #[factory(choice([Mood::Calm, Mood::Wild]))]
    mood: Mood,
    #[factory(value(vec![Mood::Wild, Mood::Calm]))]
    moods: Vec<Mood>,
    level: Level,
    #[factory(value(vec!["a".to_owned(), "b".to_owned()]))]
    tags: Vec<String>,
    #[factory(value(Some(vec![1, 2])))]
    numbers: Option<Vec<i32>>,
    #[factory(lazy(|n| json!({ "n": n })))]
    data: Value,
    #[factory(json, value(vec![("x".to_owned(), 1)]))]
    pairs: Vec<(String, i32)>,
    #[factory(value("Case"))]
    name: String,
    #[factory(sequence(|n| Slug(format!("slug-{n}"))))]
    slug: Slug,
    #[factory(value("10.1.0.0/16".parse().unwrap()))]
    network: IpNetwork,
    #[factory(value(PgRange { start: Bound::Included(1), end: Bound::Excluded(5) }))]
    span: PgRange<i32>,
    #[factory(value(Decimal::new(12_345, 3)))]
    price: Decimal,
    day: NaiveDate,
    at: DateTime<Utc>,
    #[factory(value(vec![0, 159, 146, 150]))]
    bytes: Vec<u8>,
}

pub(super) const THINGS: &str = "
    create extension citext;
    create type mood as enum ('calm', 'wild');
    create domain slug as text check (value like 'slug-%');
    create table things (
        id bigserial primary key, uuid uuid not null, mood mood not null, moods mood[] not null, level smallint not null,
        tags text[] not null, numbers integer[], data jsonb not null, pairs json not null, name citext not null unique,
        slug slug not null, network inet not null, span int4range not null, price numeric(10, 2) not null,
        day date not null, at timestamptz not null, bytes bytea not null
    )";

#[tokio::test]
async fn all_of_them_come_back() {
    let (pool, _database) = pool(THINGS).await;
    let instant = Utc.timestamp_opt(1_700_000_000, 123_456_789).unwrap();
    let _guard = Session::seeded(1).at(instant).enter();
    for (rows, first) in [(1, 0), (30, 1)] {
        let things = Thing::factory().times(rows).each(|i, thing| thing.name(format!("Case {}", i + first)));
        let things = things.create(&pool).await.unwrap();
        for (i, thing) in things.iter().enumerate() {
            assert_eq!(thing.name, format!("Case {}", i + first));
            assert_eq!(thing.data["n"], json!(i + first));
            assert_eq!(thing.moods, [Mood::Wild, Mood::Calm]);
            assert_eq!((&thing.numbers, thing.tags.len()), (&Some(vec![1, 2]), 2));
            assert_eq!(thing.pairs, [("x".to_owned(), 1)]);
            // As the database holds them: two digits, microseconds.
            assert_eq!(thing.price, Decimal::new(1_235, 2));
            assert_eq!(thing.at.timestamp_subsec_nanos(), 123_456_000);
            assert_eq!(thing.bytes, [0, 159, 146, 150]);
        }
        let known = sqlx::query_scalar::<_, Uuid>("select uuid from things where id = $1").bind(things[0].id);
        assert_eq!(known.fetch_one(&pool).await.unwrap(), things[0].uuid);
    }
}

#[tokio::test]
async fn a_value_that_the_database_refuses_names_its_row() {
    let (pool, _database) = pool(THINGS).await;
    let things = Thing::factory().times(9).each(|i, thing| {
        let thing = thing.name(format!("{i}"));
        if i == 7 { thing.slug(Slug("bad".to_owned())) } else { thing }
    });
    assert_eq!(things.create(&pool).await.unwrap_err().row(), Some((7, 9)));
    let things = Thing::factory().times(4).each(|i, thing| thing.name(if i == 3 { "A" } else { ["a", "b", "c"][i] }));
    let error = things.create(&pool).await.unwrap_err();
    assert_eq!(error.row(), Some((3, 4)), "`citext` takes `A` for `a`: {error:?}");
    let error = Thing::factory().name("nul\0").create(&pool).await.unwrap_err();
    assert_eq!(error.row(), Some((0, 1)), "{error:?}");
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "tags", get_or_create(name, scope), on(sqlx, postgres))]
struct Tag {
    #[factory(key)]
    id: i64,
    #[factory(value("Rust"))]
    name: String,
    scope: Option<String>,
}

#[tokio::test]
async fn rows_are_found_as_their_columns_compare() {
    let (pool, _database) = pool(
        "create extension citext; create table tags (id bigserial primary key, name citext not null, scope varchar(9))",
    )
    .await;
    let first = Tag::factory().create(&pool).await.unwrap();
    assert_eq!(Tag::factory().name("RUST").create(&pool).await.unwrap(), first);
    let tags = Tag::factory().times(3).each(|i, tag| if i == 1 { tag.scope("lang") } else { tag.name("rust") });
    let tags = tags.create(&pool).await.unwrap();
    assert_eq!((&tags[0], &tags[2]), (&first, &first));
    assert!(tags[1].id != first.id && tags[1].scope.as_deref() == Some("lang"));
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "measures", on(sqlx, postgres))]
pub(super) struct Measure {
    #[factory(key)]
    id: i64,
    #[factory(value("12345678901234567890.125".parse().unwrap()))]
    amount: BigDecimal,
    at: OffsetDateTime,
    day: time::Date,
    hour: time::Time,
}

pub(super) const MEASURES: &str = "
    create table measures (id bigserial primary key, amount numeric not null, at timestamptz not null, day date not null,
                           hour time not null)";

#[tokio::test]
async fn decimals_of_any_length_and_times_of_another_library() {
    let (pool, _database) = pool(MEASURES).await;
    for rows in [1, 20] {
        for measure in Measure::factory().create_batch(&pool, rows).await.unwrap() {
            assert_eq!(measure.amount, "12345678901234567890.125".parse::<BigDecimal>().unwrap());
            assert_eq!(measure.at.nanosecond() % 1_000, 0, "microseconds, as the database holds them");
            assert_eq!(measure.at.date(), measure.day);
        }
    }
}
