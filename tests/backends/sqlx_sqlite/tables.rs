//! What tables do to rows: triggers, defaults, checks, schemas; and columns of every kind.

use super::{count, pool};
use manufactory::Factory;
use std::error::Error as _;

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "notes")]
#[factory(column(token: String = format("token-{n}")))]
struct Note {
    #[factory(key)]
    id: i64,
    #[factory(format("note {n}"))]
    body: String,
    #[factory(database)]
    stamp: Option<String>,
    #[factory(skip, lazy(|body| body.len()))]
    length: usize,
}

const NOTES: &str = "
    create table notes (id integer primary key, body text not null check (body <> 'bad'), stamp text, token text not null);
    create trigger stamps after insert on notes begin
        update notes set stamp = 'stamped ' || new.body where id = new.id;
    end;
";

#[tokio::test]
async fn what_triggers_change_is_seen() {
    let pool = pool(NOTES).await;
    let one = Note::factory().create(&pool).await.unwrap();
    assert_eq!(one.stamp, Some(format!("stamped {}", one.body)));
    for note in Note::factory().create_batch(&pool, 20).await.unwrap() {
        assert_eq!((note.stamp, note.length), (Some(format!("stamped {}", note.body)), note.body.len()));
    }
    let tokens: i64 = sqlx::query_scalar("select count(distinct token) from notes").fetch_one(&pool).await.unwrap();
    assert_eq!(tokens, 21, "a column that the model leaves out");
}

#[tokio::test]
async fn a_check_names_its_row() {
    let pool = pool(NOTES).await;
    let rows = Note::factory().times(9).each(|i, note| if i == 5 { note.body("bad") } else { note });
    let error = rows.create(&pool).await.unwrap_err();
    assert_eq!((error.row(), count(&pool, "notes").await), (Some((5, 9)), 0));
    assert!(error.source().unwrap().to_string().contains("CHECK constraint failed"), "{error:?}");
}

#[tokio::test]
async fn a_row_that_a_trigger_swallows_is_an_error() {
    let pool = pool(
        "create table notes (id integer primary key, body text not null, stamp text, token text not null);
         create trigger swallows before insert on notes when new.body = 'gone' begin select raise(ignore); end;",
    )
    .await;
    let rows = Note::factory().times(5).each(|i, note| if i == 3 { note.body("gone") } else { note });
    let error = rows.create(&pool).await.unwrap_err();
    assert_eq!((error.row(), count(&pool, "notes").await), (Some((3, 5)), 0), "{error:?}");
    Note::factory().body("gone").create(&pool).await.unwrap_err();
}

#[derive(Debug, Factory)]
#[factory(table = "shop.items")]
struct Item {
    #[factory(key)]
    id: i64,
    #[factory(column = "select", value("x"))]
    name: String,
}

#[tokio::test]
async fn a_table_of_another_schema() {
    let pool = pool(r#"attach ':memory:' as shop; create table shop.items (id integer primary key, "select" text not null);"#).await;
    Item::factory().create(&pool).await.unwrap();
    let items = Item::factory().create_batch(&pool, 3).await.unwrap();
    assert_eq!(items.iter().map(|item| item.id).collect::<Vec<_>>(), [2, 3, 4]);
}

#[derive(Debug, Factory)]
#[factory(table = "hooked", after_build(|hooked, suffix| { hooked.title.push_str(suffix); hooked.length = hooked.title.len() as i64; }))]
#[factory(param(suffix: String = value("!")))]
struct Hooked {
    #[factory(key)]
    id: i64,
    #[factory(value("hi"))]
    title: String,
    length: i64,
}

#[tokio::test]
async fn what_an_after_build_hook_changes_is_stored() {
    let pool = pool("create table hooked (id integer primary key, title text not null, length integer not null)").await;
    Hooked::factory().suffix("?!").create_batch(&pool, 2).await.unwrap();
    let stored: Vec<(i64, String, i64)> = sqlx::query_as("select * from hooked order by id").fetch_all(&pool).await.unwrap();
    assert_eq!(stored, [(1, "hi?!".to_owned(), 4), (2, "hi?!".to_owned(), 4)]);
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "countries")]
struct Country {
    #[factory(key, sequence(|n| format!("C{n}")))]
    code: String,
    #[factory(format("country {n}"))]
    name: String,
}

#[derive(Debug, Clone, Factory)]
struct Address {
    #[factory(value("Seoul"))]
    city: String,
}

#[derive(Debug, Factory)]
#[factory(table = "cities")]
struct City {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(CountryFactory, key = name))]
    country_id: String,
    #[factory(sub_factory(CountryFactory), column = "owner_code")]
    owner: Country,
    #[factory(format("{owner.name} city"))]
    name: String,
    #[factory(skip, sub_factory(AddressFactory))]
    hall: Address,
}

#[tokio::test]
async fn parents_by_another_field_and_as_a_whole() {
    let pool = pool(
        "create table countries (code text primary key, name text not null unique);
         create table cities (id integer primary key, country_id text not null references countries (name),
                              owner_code text not null references countries, name text not null);",
    )
    .await;
    let cities = City::factory().create_batch(&pool, 3).await.unwrap();
    for city in &cities {
        assert_eq!(city.name, format!("{} city", city.owner.name));
        assert!(city.country_id.starts_with("country ") && city.hall.city == "Seoul");
    }
    assert_eq!(count(&pool, "countries").await, 6);
    let stored: Vec<String> = sqlx::query_scalar("select owner_code from cities order by id").fetch_all(&pool).await.unwrap();
    assert_eq!(stored, cities.iter().map(|city| city.owner.code.clone()).collect::<Vec<_>>());
}

#[derive(Debug, Factory)]
#[factory(table = "borrowed")]
struct Borrowed<'a> {
    #[factory(value("text"))]
    text: &'a str,
    #[factory(value(Some("more")))]
    more: Option<&'a str>,
}

#[derive(Debug, PartialEq, Factory)]
#[factory(table = "generic")]
struct Generic<T> {
    #[factory(key)]
    id: i64,
    value: T,
}

#[tokio::test]
async fn generic_models_are_stored() {
    let pool = pool("create table generic (id integer primary key, value)").await;
    let text = Generic::<String>::factory().value("x").create(&pool).await.unwrap();
    let numbers = Generic::<i32>::factory().value(7).create_batch(&pool, 2).await.unwrap();
    assert_eq!((text.value.as_str(), numbers[1].value), ("x", 7));
}

#[tokio::test]
async fn sums_and_nulls_of_a_wrong_type_are_errors_that_name_the_column() {
    let pool = pool("create table notes (id integer primary key, body blob, stamp text default x'ff00', token text not null)").await;
    let error = Note::factory().create_batch(&pool, 2).await.unwrap_err();
    assert!(error.to_string().contains("Note.stamp"), "{error}");
    assert_eq!(count(&pool, "notes").await, 0, "all or nothing, reading included");
}
