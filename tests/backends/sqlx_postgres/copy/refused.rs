//! Rows that the server refuses.

use super::{copy, drafts, pool};
use crate::sqlx_postgres::count;
use manufactory::{Error, Factory, Stage};
use sqlx::PgConnection;
use std::error::Error as _;

#[derive(Debug, Clone, Factory)]
#[factory(table = "accounts", on(sqlx, postgres))]
struct Account {
    #[factory(key)]
    id: i64,
    #[factory(format("account {n}"))]
    name: String,
    #[factory(secret, format("token {n}"))]
    token: String,
    #[factory(value(1))]
    owner: i32,
    note: Option<String>,
}

const ACCOUNTS: &str = "
    create table owners (id integer primary key);
    insert into owners values (1);
    create domain token as text check (value like 'token%');
    create table accounts (id bigserial primary key, name varchar(20) not null unique, token token not null,
                           owner integer not null references owners, note text, check (name <> 'checked'));
    create function raise() returns trigger language plpgsql as
        $$ begin if new.note = 'raise' then raise 'raised'; end if;
                 if new.note = 'kill' then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end $$;";

const RAISES: &str = "create trigger raises before insert on accounts for each row execute function raise();";

const ROWS: u64 = 3_000;

/// The error of rows of which one is `bad`.
async fn refused(db: &mut PgConnection, row: u64, bad: impl Fn(AccountFactory) -> AccountFactory) -> Error {
    let accounts = drafts(ROWS, |i, account: AccountFactory| if i == row { bad(account) } else { account });
    let error = copy(db, &accounts).await.unwrap_err();
    assert!(!format!("{error:?}").contains("token 2"), "a secret is shown: {error:?}");
    assert_eq!((error.factory(), error.stage()), ("Account", Stage::Insert));
    error
}

#[tokio::test]
async fn a_violation_names_its_row_and_values() {
    let (pool, _database) = pool(ACCOUNTS).await;
    let mut db = pool.acquire().await.unwrap();
    for row in [1, 2_500] {
        let error = refused(&mut db, row, |account| account.name("account 0")).await;
        let values = r#"name = "account 0", token = (secret), owner = 1, note = NULL"#;
        assert_eq!(error.to_string(), format!("cannot insert Account, row {row} of 3000 with {values}"));
        let source = error.source().unwrap().downcast_ref::<sqlx::Error>().unwrap();
        assert!(source.as_database_error().unwrap().is_unique_violation());
        assert_eq!(count(&mut *db, "accounts").await, 0);
    }
    sqlx::raw_sql("insert into accounts values (1, 'there', 'token', 1)").execute(&mut *db).await.unwrap();
    assert_eq!(refused(&mut db, 2_999, |account| account.name("there")).await.row(), Some((2_999, 3_000)));
    assert_eq!(refused(&mut db, 5, |account| account.name("checked")).await.row(), Some((5, 3_000)));
    let error = refused(&mut db, 6, |account| account.name("a".repeat(30))).await;
    assert!(error.to_string().starts_with("cannot insert Account.name, row 6 of 3000 with "), "{error}");
    let accounts = drafts(ROWS, |_, account: AccountFactory| account);
    assert_eq!(copy(&mut db, &accounts).await.unwrap(), ROWS);
}

#[tokio::test]
async fn a_secret_is_not_shown() {
    let (pool, _database) = pool(ACCOUNTS).await;
    let mut db = pool.acquire().await.unwrap();
    let error = refused(&mut db, 7, |account| account.token("bad token 2")).await;
    assert_eq!(error.row(), Some((7, 3_000)));
    let accounts = drafts(2, |_, account: AccountFactory| account.token("token \0"));
    let error = copy(&mut db, &accounts).await.unwrap_err();
    assert!(error.to_string().starts_with("cannot encode Account.token, row 0 of 2 with name = "), "{error}");
    assert_eq!(error.source().unwrap().to_string(), "its value, which is secret, does not fit");
}

#[tokio::test]
async fn a_nul_names_its_attribute() {
    let (pool, _database) = pool(ACCOUNTS).await;
    let accounts = drafts(3, |i, account: AccountFactory| if i == 2 { account.name("nul\0") } else { account });
    let error = copy(&mut pool.acquire().await.unwrap(), &accounts).await.unwrap_err();
    let text =
        r#"cannot encode Account.name, row 2 of 3 with name = "nul\0", token = (secret), owner = 1, note = NULL"#;
    assert_eq!(error.to_string(), text);
    assert_eq!(error.source().unwrap().to_string(), "a text cannot hold the character NUL");
}

#[tokio::test]
async fn foreign_keys_are_checked_behind_the_last_row() {
    let (pool, _database) = pool(ACCOUNTS).await;
    let mut db = pool.acquire().await.unwrap();
    let error = refused(&mut db, 3, |account| account.owner(2)).await;
    assert_eq!(error.row(), None);
    assert_eq!(error.to_string(), "cannot insert Account");
}

#[tokio::test]
async fn what_a_trigger_raises_names_its_row() {
    let (pool, _database) = pool(&format!("{ACCOUNTS}{RAISES}")).await;
    let mut db = pool.acquire().await.unwrap();
    let error = refused(&mut db, 1_234, |account| account.note("raise".to_owned())).await;
    assert_eq!(error.row(), Some((1_234, 3_000)));
    assert!(format!("{error:?}").contains("raised"), "{error:?}");
}

#[tokio::test]
async fn a_session_that_ends_in_the_middle_leaves_no_row() {
    let (pool, _database) = pool(&format!("{ACCOUNTS}{RAISES}")).await;
    let mut db = pool.acquire().await.unwrap();
    let error = refused(&mut db, 1_000, |account| account.note("kill".to_owned())).await;
    assert!(error.source().is_some());
    assert_eq!(count(&pool, "accounts").await, 0);
}
