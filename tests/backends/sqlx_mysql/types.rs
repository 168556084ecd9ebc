//! Types that MySQL and MariaDB have: enums, JSON, decimals, times, bytes.

use super::pool;
use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use manufactory::{Auto, Factory, Session};
use rust_decimal::Decimal;
use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Auto, sqlx::Type)]
#[sqlx(rename_all = "lowercase")]
enum Mood {
    Calm,
    Wild,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "things", on(sqlx, mysql))]
struct Thing {
    #[factory(key)]
    id: i64,
    #[factory(cycle([Mood::Calm, Mood::Wild]))]
    mood: Mood,
    #[factory(lazy(|n| json!({ "n": n })))]
    data: Value,
    #[factory(value(Decimal::new(12_345, 3)))]
    price: Decimal,
    day: NaiveDate,
    at: DateTime<Utc>,
    #[factory(value(vec![0, 159, 146, 150]))]
    bytes: Vec<u8>,
    #[factory(value("\\ ' \" ` 🦀"))]
    text: String,
    small: u8,
    active: bool,
}

#[tokio::test]
async fn all_of_them_come_back() {
    let (pool, _database) = pool(
        "create table things (id bigint auto_increment primary key, mood enum('calm', 'wild') not null, data json not null,
                              price decimal(10, 2) not null, day date not null, at timestamp(3) not null,
                              bytes blob not null, text text not null, small tinyint unsigned not null, active bool not null)",
    )
    .await;
    let instant = Utc.timestamp_opt(1_700_000_000, 123_456_789).unwrap();
    let _guard = Session::seeded(1).at(instant).enter();
    for (rows, first) in [(1, 0), (30, 1)] {
        for (i, thing) in Thing::factory().create_batch(&pool, rows).await.unwrap().iter().enumerate() {
            assert_eq!(thing.mood, if (i + first) % 2 == 0 { Mood::Calm } else { Mood::Wild });
            assert_eq!(thing.data["n"], json!(i + first));
            // As the database holds them: two digits, milliseconds.
            assert_eq!(thing.price, Decimal::new(1_235, 2));
            assert_eq!(thing.at.timestamp_subsec_millis() / 10, 12);
            assert_eq!(thing.at.timestamp_subsec_nanos() % 1_000_000, 0);
            assert_eq!((thing.bytes.as_slice(), &*thing.text), (&[0, 159, 146, 150][..], "\\ ' \" ` 🦀"));
        }
    }
}
