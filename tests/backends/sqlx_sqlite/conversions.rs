//! Columns of another type than their field: `as`, `json`; and those that are `secret`.

use super::{count, pool};
use manufactory::{Factory, Stage};
use serde::{Deserialize, Serialize};
use std::error::Error as _;
use std::num::TryFromIntError;

const SCHEMA: &str = "
    create table accounts (id integer primary key, size integer not null, \"limit\" integer, settings text not null,
                           old text, token text unique);
    create table notes (account_id integer not null references accounts, other_id integer, account_whole integer);
";

/// Knows nothing of sqlx.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Id(u32);

impl TryFrom<i64> for Id {
    type Error = TryFromIntError;

    fn try_from(id: i64) -> Result<Self, TryFromIntError> {
        u32::try_from(id).map(Self)
    }
}

impl From<Id> for i64 {
    fn from(id: Id) -> Self {
        id.0.into()
    }
}

impl manufactory::Auto for Id {
    fn auto(attribute: &manufactory::Attribute<'_>) -> Self {
        Self(u32::auto(attribute))
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Settings {
    theme: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "accounts")]
struct Account {
    #[factory(key, as(i64))]
    id: Id,
    #[factory(as(i64), value(5))]
    size: u64,
    #[factory(as(i64))]
    limit: Option<u64>,
    #[factory(json, value(Settings { theme: "dark".into() }))]
    settings: Settings,
    #[factory(json)]
    old: Option<Settings>,
    #[factory(secret, sequence(|n| format!("token{n}")))]
    token: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "notes")]
struct Note {
    #[factory(as(i64), sub_factory(AccountFactory))]
    account_id: Id,
    #[factory(as(i64), sub_factory(AccountFactory, optional))]
    other_id: Option<Id>,
    #[factory(as(i64), column = "account_whole", sub_factory(AccountFactory))]
    whole: Account,
}

#[tokio::test]
async fn other_types_are_stored_and_read_back() {
    let pool = pool(SCHEMA).await;
    for rows in [1, 3] {
        let accounts = Account::factory().limit(8).old(Settings { theme: "light".into() });
        let accounts = accounts.create_batch(&pool, rows).await.unwrap();
        let last = &accounts[rows - 1];
        assert_eq!((last.size, last.limit, last.settings.theme.as_str()), (5, Some(8), "dark"));
        assert_eq!(last.old, Some(Settings { theme: "light".into() }));
    }
    let sql = "select id, size, \"limit\", settings, old ->> 'theme' from accounts order by id desc";
    let row: (i64, i64, i64, String, String) = sqlx::query_as(sql).fetch_one(&pool).await.unwrap();
    assert_eq!(row, (4, 5, 8, r#"{"theme":"dark"}"#.into(), "light".into()));
    let account = Account::factory().id(Id(77)).create(&pool).await.unwrap();
    assert_eq!((account.id, account.limit, account.old), (Id(77), None, None));
}

#[tokio::test]
async fn keys_of_ones_own_are_assigned_and_pointed_at() {
    let pool = pool(SCHEMA).await;
    let note = Note::factory().create(&pool).await.unwrap();
    assert_eq!((note.account_id, note.other_id, note.whole.id), (Id(1), None, Id(2)));
    let account = note.whole;
    let notes = Note::factory().account(&account).other_with(|other| other).create_batch(&pool, 2).await.unwrap();
    assert_eq!(notes.iter().map(|note| note.account_id).collect::<Vec<_>>(), [Id(2), Id(2)]);
    assert_eq!((notes[0].other_id, notes[1].whole.id), (Some(Id(3)), Id(6)));
    let stored: Vec<(i64, Option<i64>, i64)> = sqlx::query_as("select * from notes").fetch_all(&pool).await.unwrap();
    assert_eq!(stored, [(1, None, 2), (2, Some(3), 5), (2, Some(4), 6)]);
}

#[tokio::test]
async fn what_cannot_be_converted_names_attribute_and_row() {
    let pool = pool(SCHEMA).await;
    for (culprit, rows) in [(0, 1), (2, 3)] {
        let accounts = Account::factory().times(rows);
        let accounts = accounts.each(|i, account| if i == culprit { account.size(u64::MAX) } else { account });
        let error = accounts.create(&pool).await.unwrap_err();
        assert_eq!((error.stage(), error.row()), (Stage::Encode, Some((culprit, rows))));
        assert!(error.to_string().contains("Account.size"), "{error}");
        assert!(error.source().unwrap().downcast_ref::<TryFromIntError>().is_some(), "{error:?}");
    }
    let odd = "create trigger odd after insert on accounts begin update accounts set size = -1; end";
    sqlx::raw_sql(odd).execute(&pool).await.unwrap();
    for rows in [1, 3] {
        let error = Account::factory().create_batch(&pool, rows).await.unwrap_err();
        assert_eq!((error.stage(), error.row()), (Stage::Read, Some((0, rows))));
        assert!(error.to_string().contains("Account.size"), "{error}");
    }
    assert_eq!(count(&pool, "accounts").await, 0);
}

#[tokio::test]
async fn a_violation_on_a_secret_column_does_not_show_it() {
    let pool = pool(SCHEMA).await;
    Account::factory().token("hunter2").create(&pool).await.unwrap();
    for rows in [1, 3] {
        let accounts = Account::factory().times(rows);
        let accounts = accounts.each(|i, account| if i + 1 == rows { account.token("hunter2") } else { account });
        let error = accounts.create(&pool).await.unwrap_err();
        assert_eq!(error.row(), Some((rows - 1, rows)));
        assert!(error.to_string().contains("token = (secret)"), "{error}");
        assert!(!format!("{error:?}").contains("hunter2"), "{error:?}");
    }
}
