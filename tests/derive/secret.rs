//! `secret`: never shown.

use manufactory::{Batch, BoxError, Factory, Memory, Store, Value, async_trait};

#[derive(Debug, Factory)]
#[factory(table = "users")]
struct User {
    #[factory(value("alice"))]
    username: String,
    #[factory(secret, column = "pw", value("hunter2"))]
    password: String,
    #[factory(secret, sub_factory(KeyFactory))]
    key_id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "keys")]
struct Key {
    #[factory(key, value(4711))]
    id: i64,
}

#[tokio::test]
async fn a_violation_on_a_secret_column_does_not_show_it() {
    let mut db = Memory::new().unique("users", &["pw"]);
    User::factory().key_id(4712).create(&mut db).await.unwrap();
    let error = User::factory().key_id(4712).create(&mut db).await.unwrap_err();
    let text = r#"cannot insert User, row 0 of 1 with username = "alice", pw = (secret), key_id = (secret)"#;
    assert_eq!(error.to_string(), text);
    assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    let all = format!("{db:?}");
    assert!(all.contains("alice") && all.contains("(secret)"), "{all}");
    assert!(!all.contains("hunter2") && !all.contains("4712"), "{all}");
    assert_eq!(db.rows("users")[0].get("pw"), Some(&"hunter2".into()), "the store itself has to know");
}

/// Prints all that it gets.
struct Printer(String);

#[async_trait]
impl Store for Printer {
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        self.0 = format!("{batch:?} {:?}", batch.rows());
        batch.set(0, "pw", Value::from(Vec::from("hunter3")))
    }
}

#[tokio::test]
async fn nothing_that_is_printed_shows_it() {
    let mut printer = Printer(String::new());
    let error = User::factory().key_id(1).create(&mut printer).await.unwrap_err();
    assert!(printer.0.contains("alice") && !printer.0.contains("hunter2"), "{}", printer.0);
    assert!(!format!("{error:?}").contains("hunter"), "{error:?}");
}
