//! Tables and columns whose names are words of SQL or of Rust: `order`, `group`, `type`, `end`, `match`; as in shops,
//! calendars, vaultwarden and Windmill.

use super::databases::{rows, sqlite};
use manufactory::Factory;

#[derive(Debug, Clone, Factory)]
#[factory(table = "group", on(sqlx, sqlite))]
struct Group {
    #[factory(key)]
    id: i64,
    #[factory(value("team"))]
    r#type: String,
}

#[derive(Debug, Factory)]
#[factory(table = "order", on(sqlx, sqlite), has_many(lines: LineFactory, by = order))]
struct Order {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(GroupFactory))]
    group_id: i64,
    #[factory(column = "end", value(10))]
    ends: i64,
    r#match: Option<String>,
    /// Every factory has a method of this name.
    #[factory(setter = is_create)]
    create: bool,
}

#[derive(Debug, Factory)]
#[factory(table = "select", on(sqlx, sqlite))]
struct Line {
    #[factory(key)]
    id: i64,
    #[factory(column = "order", sub_factory(OrderFactory))]
    order_id: i64,
    #[factory(column = "from")]
    source: String,
}

#[tokio::test]
async fn names_are_quoted() {
    let db = sqlite(
        r#"create table "group" (id integer primary key, "type" text not null);
           create table "order" (id integer primary key, group_id integer references "group", "end" integer, "match" text,
                                 "create" boolean);
           create table "select" (id integer primary key, "order" integer references "order", "from" text not null)"#,
    )
    .await;
    let order = Order::factory().r#match("all").is_create(true).lines(2).create(&db).await.unwrap();
    assert!((order.ends, order.create) == (10, true));
    Order::factory().group_with(|group| group.r#type("one")).create_batch(&db, 2).await.unwrap();
    let found = r#"select "type" || "end" || ifnull("match", '-') from "order" o join "group" g on g.id = group_id"#;
    assert_eq!(rows(&db, found).await, ["team10all", "one10-", "one10-"]);
    assert_eq!(rows(&db, r#"select "order" || '' from "select""#).await, ["1", "1"]);
}
