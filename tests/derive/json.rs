//! `json`: stored as JSON, whatever the type.

use manufactory::{Factory, Memory, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Settings {
    theme: String,
    sizes: Vec<u8>,
}

fn settings() -> Settings {
    Settings { theme: "dark".into(), sizes: vec![1, 2] }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Factory)]
struct Item {
    #[factory(value(5))]
    price: u32,
}

#[derive(Debug, Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(json, value(settings()))]
    settings: Settings,
    #[factory(json)]
    old: Option<Settings>,
    #[factory(json)]
    tags: Vec<String>,
    #[factory(json, default)]
    counts: BTreeMap<String, i32>,
    #[factory(json, list(ItemFactory, 2))]
    items: Vec<Item>,
}

#[tokio::test]
async fn any_type_of_serde_is_a_column() {
    let mut db = Memory::new();
    let user = User::factory().tags(["a", "b"].map(String::from)).create(&mut db).await.unwrap();
    assert_eq!((&user.settings, user.items.len()), (&settings(), 2));
    let row = &db.rows("users")[0];
    let text = |column| match row.get(column) {
        Some(Value::Text(text)) => text.as_str(),
        other => panic!("{other:?}"),
    };
    assert_eq!(text("settings"), r#"{"sizes":[1,2],"theme":"dark"}"#);
    assert_eq!((text("tags"), text("counts")), (r#"["a","b"]"#, "{}"));
    assert_eq!(text("items"), r#"[{"price":5},{"price":5}]"#);
    assert_eq!(row.get("old"), Some(&Value::Null));
    User::factory().old(settings()).create(&mut db).await.unwrap();
    assert_eq!(db.rows("users")[1].get("old"), db.rows("users")[1].get("settings"));
}

#[derive(Debug, Factory)]
#[factory(table = "users")]
struct Read {
    #[factory(json, database, value(settings()))]
    settings: Settings,
    #[factory(json, database)]
    old: Option<Settings>,
}

#[tokio::test]
async fn json_is_read_back() {
    let made = || Memory::new().with_default("users", "settings", r#"{"theme":"x","sizes":[]}"#);
    let read = || Read::factory().settings(settings());
    let mut db = made().with_default("users", "old", r#"{"theme":"y","sizes":[7]}"#);
    assert_eq!(read().create(&mut db).await.unwrap().old.unwrap().sizes, [7]);
    let mut db = made().with_default("users", "old", None::<String>);
    assert_eq!(read().create(&mut db).await.unwrap().old, None);
    let mut db = made().with_default("users", "old", r#"{"theme":1}"#);
    let error = read().create(&mut db).await.unwrap_err();
    assert_eq!(error.to_string(), "cannot read back Read.old, row 0 of 1");
    assert!(format!("{error:?}").contains("invalid type: integer `1`, expected a string"), "{error:?}");
}
