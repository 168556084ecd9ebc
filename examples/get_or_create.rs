//! Rows that may be there already: looked for by some of their values, and made only where they are not.
//!
//! `cargo run --example get_or_create`

#![allow(dead_code, reason = "most columns are stored, and not read here")]

use manufactory::{Factory, Session};
use sqlx::{Connection, SqliteConnection};
use std::error::Error;

#[derive(Debug, Clone, Factory)]
#[factory(table = "countries", get_or_create(code))]
struct Country {
    #[factory(key)]
    id: i64,
    #[factory(cycle(["KR", "FR", "BR"]))]
    code: String,
    #[factory(format("the country {code}"))]
    name: String,
}

/// Unique by two columns, one of which is the key of a parent that may be there, too.
#[derive(Debug, Clone, Factory)]
#[factory(table = "cities", get_or_create(country_id, name))]
struct City {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(CountryFactory, with = |country| country.code("KR")))]
    country_id: i64,
    #[factory(value("Seoul"))]
    name: String,
}

#[derive(Debug, Factory)]
#[factory(table = "shops")]
struct Shop {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(CityFactory))]
    city_id: i64,
}

const SCHEMA: &str = "
    create table countries (id integer primary key, code text not null unique, name text not null);
    create table cities (
        id integer primary key, country_id integer not null references countries, name text not null,
        unique (country_id, name)
    );
    create table shops (id integer primary key, city_id integer not null references cities);
";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut db = SqliteConnection::connect("sqlite::memory:").await?;
    sqlx::raw_sql(SCHEMA).execute(&mut db).await?;
    let _session = Session::seeded(1).enter();

    println!("Not there, and then there: what else is said of it is ignored.");
    show(&Country::factory().code("KR").name("Korea").create(&mut db).await?);
    show(&Country::factory().code("KR").name("ignored").create(&mut db).await?);

    println!("\nSix in one batch, of three codes:");
    Country::factory().create_batch(&mut db, 6).await?.iter().for_each(show);

    println!("\nA thousand shops, whose cities and countries are there or made once:");
    Shop::factory().create_batch(&mut db, 1_000).await?;
    Shop::factory().city_with(|city| city.name("Busan")).create_batch(&mut db, 1_000).await?;
    let sql = "select (select count(*) from countries), (select count(*) from cities), (select count(*) from shops)";
    let (countries, cities, shops): (i64, i64, i64) = sqlx::query_as(sql).fetch_one(&mut db).await?;
    println!("  {countries} countries, {cities} cities, {shops} shops");
    Ok(())
}

fn show(Country { id, code, name }: &Country) {
    println!("  country {id}: {code}, {name}");
}
