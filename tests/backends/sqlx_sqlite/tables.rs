//! What tables do to rows: defaults, checks, what is stamped on them; and what of a model becomes a column.

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
    let stored: Vec<(i64, String, i64)> =
        sqlx::query_as("select * from hooked order by id").fetch_all(&pool).await.unwrap();
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
    let stored: Vec<String> =
        sqlx::query_scalar("select owner_code from cities order by id").fetch_all(&pool).await.unwrap();
    assert_eq!(stored, cities.iter().map(|city| city.owner.code.clone()).collect::<Vec<_>>());
}
