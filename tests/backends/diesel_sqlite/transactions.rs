//! Transactions: the callers', and those around a call that fails, panics or waits.

use super::models::{Post, User, UserFactory};
use super::{count, database, schema};
use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::result::Error;
use manufactory::{AfterCreate, BoxError, Factory, Stage};
use std::panic::{AssertUnwindSafe, catch_unwind};

fn taken(rows: usize) -> impl FnOnce(&mut SqliteConnection) -> manufactory::Error {
    move |db| {
        let users =
            User::factory().times(rows).each(|i, user| if i + 1 == rows { user.username("kept") } else { user });
        users.create(db).unwrap_err()
    }
}

fn is_open(db: &mut SqliteConnection) -> bool {
    let depth = AnsiTransactionManager::transaction_manager_status_mut(db).transaction_depth();
    depth.expect("not broken").is_some()
}

#[test]
fn an_error_leaves_the_callers_transactions_as_they_were() {
    let mut db = database(schema::TABLES);
    db.transaction(|db| {
        User::factory().username("kept").create(&mut *db).unwrap();
        taken(4)(db);
        db.transaction(|db| {
            Post::factory().create_batch(&mut *db, 4).unwrap();
            taken(1)(db);
            Ok::<_, Error>(())
        })?;
        db.transaction(|db| {
            Post::factory().create_batch(&mut *db, 4).unwrap();
            Err::<(), _>(Error::RollbackTransaction)
        })
        .unwrap_err();
        Ok::<_, Error>(())
    })
    .unwrap();
    assert_eq!((count(&mut db, "users"), count(&mut db, "posts")), (5, 4));
    assert!(!is_open(&mut db));
}

#[test]
fn a_test_transaction_takes_everything_back() {
    let mut db = database(schema::TABLES);
    db.begin_test_transaction().unwrap();
    User::factory().username("kept").create(&mut db).unwrap();
    taken(3)(&mut db);
    Post::factory().create_batch(&mut db, 2).unwrap();
    assert_eq!(count(&mut db, "users"), 3);
    AnsiTransactionManager::rollback_transaction(&mut db).unwrap();
    assert_eq!(count(&mut db, "users"), 0);
}

#[test]
fn a_transaction_begun_as_text_stays_open_until_its_commit() {
    let mut db = database(schema::TABLES);
    db.batch_execute("begin").unwrap();
    User::factory().username("kept").create(&mut db).unwrap();
    taken(3)(&mut db);
    Post::factory().create_batch(&mut db, 2).unwrap();
    db.batch_execute("rollback").unwrap();
    assert_eq!(count(&mut db, "users"), 0);
    User::factory().create(&mut db).unwrap();
    assert!(!is_open(&mut db));
}

#[test]
fn an_error_that_ends_the_transaction_leaves_a_connection_that_works() {
    let mut db = database(schema::TABLES);
    db.batch_execute(
        "create trigger never before insert on users when new.username = 'never' begin select raise(rollback, 'no'); end",
    )
    .unwrap();
    User::factory().username("never").create(&mut db).unwrap_err();
    User::factory().username("never").create_batch(&mut db, 2).unwrap_err();
    assert!(!is_open(&mut db));
    User::factory().create(&mut db).unwrap();
    let ended = db.transaction(|db| {
        User::factory().create(&mut *db).unwrap();
        User::factory().username("never").create(db).unwrap_err();
        Ok::<_, Error>(())
    });
    assert!(matches!(ended, Err(Error::NotInTransaction)), "it does not pass for committed: {ended:?}");
    User::factory().create(&mut db).unwrap();
    assert_eq!(count(&mut db, "users"), 2);
}

/// A memo, whose hook does what the body says.
#[derive(Debug, Factory)]
#[factory(table = schema::memos, on(sqlite), after_create)]
struct Memo {
    #[factory(key)]
    id: i32,
    #[factory(sub_factory(UserFactory))]
    user_id: Option<i32>,
    #[factory(value(b"".to_vec()))]
    body: Vec<u8>,
}

impl AfterCreate<SqliteConnection> for MemoFactory {
    async fn after_create(self, memo: &mut Memo, db: &mut SqliteConnection) -> Result<(), BoxError> {
        User::factory().create(&mut *db)?;
        match &*memo.body {
            b"panic" => panic!("in a hook"),
            b"wait" => std::future::pending().await,
            b"fail" => Err("on purpose".into()),
            _ => Ok(()),
        }
    }
}

fn remains(db: &mut SqliteConnection) -> (i64, i64) {
    (count(db, "users"), count(db, "memos"))
}

#[test]
fn a_hook_works_within_the_call() {
    let mut db = database(schema::TABLES);
    Memo::factory().create_batch(&mut db, 2).unwrap();
    assert_eq!(remains(&mut db), (4, 2));
    let error = Memo::factory().body(b"fail".to_vec()).create(&mut db).unwrap_err();
    assert_eq!((error.stage(), remains(&mut db)), (Stage::AfterCreate, (4, 2)));
}

#[test]
fn a_hook_that_panics_undoes_the_call() {
    let mut db = database(schema::TABLES);
    let panic = || Memo::factory().body(b"panic".to_vec()).times(2);
    catch_unwind(AssertUnwindSafe(|| panic().create(&mut db))).unwrap_err();
    assert_eq!((remains(&mut db), is_open(&mut db)), ((0, 0), false));
    db.begin_test_transaction().unwrap();
    User::factory().create(&mut db).unwrap();
    catch_unwind(AssertUnwindSafe(|| panic().create(&mut db))).unwrap_err();
    assert_eq!((remains(&mut db), is_open(&mut db)), ((1, 0), true));
}

#[test]
fn a_hook_cannot_wait() {
    let mut db = database(schema::TABLES);
    let error = Memo::factory().body(b"wait".to_vec()).create(&mut db).unwrap_err();
    assert!(error.to_string().contains("Memo"), "{error}");
    assert_eq!((error.stage(), remains(&mut db)), (Stage::AfterCreate, (0, 0)));
}

#[test]
fn what_is_linted_leaves_nothing() {
    let mut db = database(schema::TABLES);
    let error = manufactory::lint(&mut db).factory::<UserFactory>().factory::<MemoFactory>().run().unwrap_err();
    // The hook makes a user.
    assert!(error.to_string().contains("Memo") && !error.to_string().contains("Post"), "{error}");
    assert_eq!(remains(&mut db), (0, 0));
}
