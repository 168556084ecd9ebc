//! What fits a column: the bytes of its own type, and what is made of others.

use super::super::types::{MEASURES, MeasureFactory, THINGS, ThingFactory};
use super::{copy, drafts, plan, pool, session, shown, unfit};
use chrono::{NaiveDateTime, NaiveTime};
use manufactory::persist::sqlx_copy::encode;
use manufactory::{Auto, Factory};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::error::Error as _;
use uuid::Uuid;

/// Copies rows into one database and creates the same in another: both hold the same then.
macro_rules! same_as_created {
    ($factory:ty, $table:literal, $schema:expr, $rows:literal, $each:expr) => {{
        let ((copied, _one), (created, _other)) = (pool($schema).await, pool($schema).await);
        let drafts = drafts($rows, |i, draft: $factory| $each(i, draft));
        assert_eq!(copy(&mut *copied.acquire().await.unwrap(), &drafts).await.unwrap(), $rows);
        let call = {
            let _session = session().enter();
            let call = <$factory as manufactory::resolve::Draft>::empty().times($rows);
            call.each(|i, draft| $each(i as u64, draft)).create(&created)
        };
        call.await.unwrap();
        // An INSERT takes JSON on a detour to a column of text: it is the same but for its white space.
        let rows = concat!("(select id, to_jsonb(r) as row from ", $table, " r)");
        assert_eq!(shown(&copied, rows).await, shown(&created, rows).await);
    }};
}

#[tokio::test]
async fn types_of_this_database_are_stored_as_by_an_insert() {
    let named = |i: u64, thing: ThingFactory| thing.name(format!("Case {i}"));
    same_as_created!(ThingFactory, "things", THINGS, 20, named);
}

#[tokio::test]
async fn decimals_and_times_of_another_library_are_stored_as_by_an_insert() {
    same_as_created!(MeasureFactory, "measures", MEASURES, 20, |_, measure| measure);
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "plain", on(sqlx, postgres))]
struct Plain {
    #[factory(key)]
    id: i64,
    small: i16,
    whole: i32,
    large: i64,
    #[factory(value(1.25))]
    half: f32,
    #[factory(value(-1e300))]
    full: f64,
    #[factory(value(true))]
    yes: bool,
    #[factory(value("Ünï"))]
    text: String,
    #[factory(value("v"))]
    limited: Option<String>,
    #[factory(value("b"))]
    padded: String,
    none: Option<String>,
    #[factory(cycle([None, Some(5)]))]
    given: Option<i32>,
    #[factory(value(vec![1, 0, 255]))]
    bytes: Vec<u8>,
    #[factory(value(None))]
    no_bytes: Option<Vec<u8>>,
    #[factory(value(Uuid::from_u128(7)))]
    uuid: Uuid,
    #[factory(value(Some(Decimal::new(-12_345, 2))))]
    price: Option<Decimal>,
    #[factory(value("2024-02-29T12:13:14.5".parse().unwrap()))]
    at: NaiveDateTime,
    #[factory(value(NaiveTime::MIN))]
    hour: NaiveTime,
    #[factory(lazy(|whole| json!({ "n": [whole, null, "x"] })))]
    data: Value,
    #[factory(value(Some(json!(null))))]
    text_data: Option<Value>,
    #[factory(value(Vec::new()))]
    empty: Vec<i64>,
    #[factory(value(vec![Some("a".to_owned()), None]))]
    words: Vec<Option<String>>,
    #[factory(value(vec![Uuid::from_u128(7)]))]
    uuids: Vec<Uuid>,
}

const PLAIN: &str = "
    create domain deep as bigint check (value < 1000);
    create domain deeper as deep;
    create table plain (
        id bigserial primary key, small smallint not null, whole integer not null, large deeper, half real, \"full\" float8,
        yes bool, text text, limited varchar(3), padded char(3), none text, given int, bytes bytea, no_bytes bytea,
        uuid uuid, price numeric(9, 1), at timestamp, hour time(0), data jsonb, text_data json, empty bigint[],
        words text[], uuids uuid[], open text default 'open'
    )";

#[tokio::test]
async fn plain_types_are_stored_as_by_an_insert() {
    same_as_created!(PlainFactory, "plain", PLAIN, 20, |_, plain| plain);
}

#[derive(Debug, Clone, Copy, PartialEq, Auto, sqlx::Type)]
#[sqlx(type_name = "mood", rename_all = "lowercase")]
enum Mood {
    Calm,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "wide", on(sqlx, postgres))]
struct Wide {
    #[factory(key)]
    id: i32,
    a: i16,
    b: i32,
    #[factory(value(-40_000))]
    c: i64,
    #[factory(value(3))]
    d: i64,
    #[factory(value(0.1))]
    e: f32,
    #[factory(value("calm"))]
    f: String,
    #[factory(value(Mood::Calm))]
    g: Mood,
    #[factory(value(vec!["calm".to_owned()]))]
    h: Vec<String>,
    #[factory(value("{ }"))]
    i: String,
    #[factory(value(vec!["A".to_owned()]))]
    j: Vec<String>,
}

const WIDE: &str = "
    create extension citext;
    create type mood as enum ('calm', 'wild');
    create domain tone as mood;
    create table wide (id bigserial primary key, a integer, b bigint, c integer, d smallint, e float8, f tone, g varchar(9),
                       h mood[], i json, j citext[])";

#[tokio::test]
async fn values_become_what_their_column_holds() {
    let (pool, _database) = pool(WIDE).await;
    let mut db = pool.acquire().await.unwrap();
    let rows = drafts(2, |_, wide: WideFactory| wide.id(9));
    assert_eq!(copy(&mut db, &rows[..1]).await.unwrap(), 1);
    let expected = "(9,0,0,-40000,3,0.10000000149011612,calm,calm,{calm},\"{ }\",{A})";
    assert_eq!(shown(&mut *db, "wide").await, expected);
}

#[tokio::test]
async fn a_number_that_is_too_large_names_its_attribute() {
    let (pool, _database) = pool(WIDE).await;
    let mut db = pool.acquire().await.unwrap();
    let rows = drafts(3, |i, wide: WideFactory| if i == 1 { wide.d(1 << 20) } else { wide });
    let plan = plan(&mut db, &rows[0]).await;
    let error = encode(&rows, &plan).unwrap_err();
    assert!(error.to_string().starts_with("cannot encode Wide.d, row 1 of 3 with "), "{error}");
    assert_eq!(error.source().unwrap().to_string(), "smallint out of range");
}

#[tokio::test]
async fn what_only_an_insert_converts_is_named() {
    let cases = [
        (
            "a integer",
            "a numeric",
            "`a` wants INSERT, because only an INSERT turns `smallint` into its type, `numeric`",
        ),
        ("e float8", "e numeric", "`e` wants INSERT, because only an INSERT turns `real` into its type, `numeric`"),
        ("f tone", "f bytea", "`f` wants INSERT, because only an INSERT turns `text` into its type, `bytea`"),
        ("j citext[]", "j text", "`j` wants INSERT, because only an INSERT turns `text[]` into its type, `text`"),
        ("j citext[]", "k text", "`j` wants INSERT, because there is no such column"),
        // Of the elements of an array only the type itself counts.
        (
            "create type mood as enum ('calm', 'wild')",
            "create domain mood as text",
            "`h` wants INSERT, because only an INSERT turns `text[]` into its type, `mood[]`",
        ),
        ("g varchar(9)", "g integer", "`g` wants INSERT, because only an INSERT turns `mood` into its type, `integer`"),
    ];
    let row = drafts(1, |_, wide: WideFactory| wide).remove(0);
    for (there, instead, why) in cases {
        let (pool, _database) = pool(&WIDE.replace(there, instead)).await;
        let mut db = pool.acquire().await.unwrap();
        assert_eq!(unfit(&mut db, &row).await, why);
    }
    let (pool, _database) = pool(&WIDE.replace("mood", "humour")).await;
    let why = unfit(&mut pool.acquire().await.unwrap(), &row).await;
    assert_eq!(why, "`g` wants INSERT, because there is no type `mood`");
}

#[derive(Debug, Clone, PartialEq, sqlx::Type)]
#[sqlx(type_name = "pair")]
struct Pair {
    x: i32,
    mood: Mood,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "pairs", on(sqlx, postgres))]
struct Paired {
    #[factory(key)]
    id: i64,
    #[factory(value(Pair { x: 1, mood: Mood::Calm }))]
    pair: Pair,
}

#[tokio::test]
async fn composites_want_inserts() {
    let schema = "create type mood as enum ('calm'); create type pair as (x int, mood mood);
                  create table pairs (id bigserial primary key, pair pair)";
    let (pool, _database) = pool(schema).await;
    let row = drafts(1, |_, paired: PairedFactory| paired).remove(0);
    let why = unfit(&mut pool.acquire().await.unwrap(), &row).await;
    assert_eq!(why, "`pair` wants INSERT, because only an INSERT turns `pair` into its type, `pair`");
}
