//! `get_or_create`: what is found, what is made, and what else happens then.

use super::{Tables, both, sqlite};
use manufactory::{Factory, Memory, Stage, create_all};
use sqlx::Connection;
use std::collections::HashSet;

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "regions", get_or_create(name))]
struct Region {
    #[factory(key)]
    id: i64,
    #[factory(value("Asia"))]
    name: String,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "countries", get_or_create(region_id, code), has_many(cities: CityFactory = 2, by = country))]
struct Country {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(RegionFactory))]
    region_id: i64,
    #[factory(value("KR"))]
    code: String,
    #[factory(format("country {n}"))]
    name: String,
    #[factory(sub_factory(AnthemFactory))]
    anthem_id: i64,
    #[factory(format("slug-{n}"))]
    slug: String,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "anthems")]
struct Anthem {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "cities")]
struct City {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(CountryFactory))]
    country_id: i64,
}

/// Looked for by what may be NULL, and by what has no hash.
#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "rates", get_or_create(currency, rate))]
struct Rate {
    #[factory(key)]
    id: i64,
    currency: Option<String>,
    #[factory(value(1.5))]
    rate: f64,
}

/// No `PartialEq`.
#[derive(Debug, Clone, Factory)]
#[factory(table = "anthems")]
struct Tune {
    #[factory(key)]
    id: i64,
}

/// Looked for by the key of a parent that another attribute reads.
#[derive(Debug, Clone, Factory)]
#[factory(table = "covers", get_or_create(tune_id))]
struct Cover {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(TuneFactory))]
    tune_id: i64,
    #[factory(lazy(|tune| format!("cover of {}", tune.id)))]
    title: String,
}

const SCHEMA: &str = "
    create table regions (id integer primary key, name text not null unique);
    create table anthems (id integer primary key);
    create table countries (id integer primary key, region_id integer not null references regions, code text not null,
                            name text not null, anthem_id integer not null references anthems, slug text not null unique,
                            unique (region_id, code));
    create table cities (id integer primary key, country_id integer not null references countries);
    create table rates (id integer primary key, currency text, rate real not null);
    create table covers (id integer primary key, tune_id integer not null unique, title text not null);
    create table words (id integer primary key, text text not null unique collate nocase, origin text not null);
";

fn memory() -> Memory {
    let memory = Memory::new().unique("regions", &["name"]).unique("countries", &["region_id", "code"]);
    memory.unique("countries", &["slug"])
}

both! {
    async fn found_rows_are_taken_as_they_are(db) {
        let korea = Country::factory().create(&mut db).await.unwrap();
        assert_eq!((db.rows_in("anthems").await, db.rows_in("cities").await), (1, 2));
        let again = Country::factory().name("ignored").cities(7).create(&mut db).await.unwrap();
        assert_eq!(again, korea);
        assert_eq!((db.rows_in("anthems").await, db.rows_in("cities").await), (1, 2), "no parents, no children");
        assert_eq!((db.rows_in("countries").await, db.rows_in("regions").await), (1, 1));
        // The same code in another region is another country.
        let other = Country::factory().region_with(|region| region.name("Europe")).create(&mut db).await.unwrap();
        assert_ne!(other.id, korea.id);
        // What is shared or recycled has no use where nothing is made, and is no mistake.
        let anthem = Anthem::factory().create(&mut db).await.unwrap();
        assert_eq!(Country::factory().recycle(&anthem).create(&mut db).await.unwrap(), korea);
        let none = Country::factory().recycle(&anthem).code("VN").create(&mut db).await.unwrap();
        assert_eq!(none.anthem_id, anthem.id);
    }

    async fn a_batch_makes_what_is_missing_once(db) {
        let korea = Country::factory().create(&mut db).await.unwrap();
        let codes = ["FR", "KR", "FR", "DE", "DE", "FR"];
        let countries = Country::factory().times(6).each(|i, country| country.code(codes[i]).name(format!("no. {i}")));
        let countries = countries.create(&mut db).await.unwrap();
        assert_eq!(countries.iter().map(|country| &*country.code).collect::<Vec<_>>(), codes);
        assert_eq!((countries[1].clone(), &countries[0], &countries[3]), (korea, &countries[5], &countries[4]));
        assert_eq!((&*countries[2].name, &*countries[4].name), ("no. 0", "no. 3"), "the first one is made");
        assert_eq!((db.rows_in("countries").await, db.rows_in("anthems").await), (3, 3));
        assert_eq!(db.rows_in("cities").await, 6);
    }

    async fn as_a_parent_of_many(db) {
        let cities = City::factory().create_batch(&mut db, 50).await.unwrap();
        let countries: HashSet<_> = cities.iter().map(|city| city.country_id).collect();
        assert_eq!((countries.len(), db.rows_in("countries").await, db.rows_in("regions").await), (1, 1, 1));
        assert_eq!(db.rows_in("cities").await, 52, "and the two that the new country has by default");
        let made = City::factory().create_graph(&mut db).await.unwrap();
        assert!(made.all::<Country>().is_empty());
        let city = City::factory().country_with(|country| country.code("FR").cities(0)).create_graph(&mut db);
        assert_eq!(city.await.unwrap().all::<Country>().len(), 1);
    }

    async fn null_is_a_value_and_a_hash_is_not_needed(db) {
        let none = Rate::factory().create_batch(&mut db, 2).await.unwrap();
        assert_eq!(none[0], none[1]);
        assert_eq!(Rate::factory().create(&mut db).await.unwrap(), none[0]);
        let rates = [Rate::factory().rate(2.5), Rate::factory().currency("EUR"), Rate::factory().rate(2.5)];
        let rates = create_all(&mut db, rates).await.unwrap();
        assert_eq!((rates[0].id, db.rows_in("rates").await), (rates[2].id, 3));
    }

    async fn by_the_key_of_a_parent_that_is_read(db) {
        let tunes = Tune::factory().create_batch(&mut db, 2).await.unwrap();
        let covers = Cover::factory().times(4).each(|i, cover| cover.tune(&tunes[i % 2]));
        let covers = covers.create(&mut db).await.unwrap();
        assert_eq!((covers[0].id, covers[1].id), (covers[2].id, covers[3].id));
        assert_eq!((&*covers[3].title, db.rows_in("covers").await), ("cover of 2", 2));
    }

    async fn another_unique_column_stays_an_error(db) {
        Country::factory().slug("taken").create(&mut db).await.unwrap();
        let error = Country::factory().code("FR").slug("taken").create(&mut db).await.unwrap_err();
        assert_eq!((error.stage(), error.factory(), error.row()), (Stage::Insert, "Country", Some((0, 1))));
        assert!(error.to_string().contains("slug = \"taken\""), "{error}");
        let batch = Country::factory().times(3).each(|i, country| {
            let country = country.code(format!("C{i}"));
            if i == 2 { country.slug("taken") } else { country }
        });
        let error = batch.create(&mut db).await.unwrap_err();
        assert_eq!(error.row(), Some((2, 3)));
        assert!(error.to_string().contains("code = \"C2\""), "{error}");
        assert_eq!((db.rows_in("countries").await, db.rows_in("anthems").await), (1, 1), "nothing is left of it");
    }
}

#[test]
fn build_looks_for_nothing() {
    let countries = Country::factory().build_batch(2);
    assert_ne!(countries[0].slug, countries[1].slug);
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "words", get_or_create(text))]
struct Word {
    #[factory(key)]
    id: i64,
    text: String,
    #[factory(format("row {n}"))]
    origin: String,
}

#[tokio::test]
async fn what_a_collation_takes_for_equal_is_one_row() {
    let mut db = sqlite(SCHEMA).await;
    let texts = ["fr", "FR", "de", "Fr"];
    let words = Word::factory().times(4).each(|i, word| word.text(texts[i])).create(&mut db).await.unwrap();
    assert_eq!(words.iter().map(|word| &*word.text).collect::<Vec<_>>(), ["fr", "fr", "de", "fr"]);
    assert_eq!((words[0].id, &words[1], db.rows_in("words").await), (words[3].id, &words[0], 2));
    assert_eq!(Word::factory().text("DE").create(&mut db).await.unwrap(), words[2]);
}

#[tokio::test]
async fn the_callers_transaction_loses_nothing() {
    let mut db = sqlite(SCHEMA).await;
    let mut transaction = db.begin().await.unwrap();
    Country::factory().slug("taken").create(&mut transaction).await.unwrap();
    Country::factory().code("FR").slug("taken").create(&mut transaction).await.unwrap_err();
    let texts = ["fr", "FR"];
    Word::factory().times(2).each(|i, word| word.text(texts[i])).create(&mut transaction).await.unwrap();
    Country::factory().code("DE").create(&mut transaction).await.unwrap();
    transaction.commit().await.unwrap();
    assert_eq!((db.rows_in("countries").await, db.rows_in("words").await, db.rows_in("cities").await), (2, 1, 4));
}

#[tokio::test]
async fn more_rows_than_one_statement_takes() {
    let mut db = sqlite(SCHEMA).await;
    let words = || Word::factory().times(40_000).each(|i, word| word.text(format!("word {}", i % 35_000)));
    let first = words().create(&mut db).await.unwrap();
    assert_eq!((first.len(), db.rows_in("words").await), (40_000, 35_000));
    assert_eq!(first[36_000], first[1_000]);
    assert_eq!((words().create(&mut db).await.unwrap(), db.rows_in("words").await), (first, 35_000));
}
