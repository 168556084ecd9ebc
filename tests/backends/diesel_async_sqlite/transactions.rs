//! Transactions: the callers', and those around a call that fails or panics; and hooks that wait.

use super::{Connection, count, database};
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection, SimpleAsyncConnection, TransactionManager};
use manufactory::conformance::{Author, Book, SQLITE};
use manufactory::{AfterCreate, BoxError, Factory, Stage};
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::task::{Context, Poll};

mod schema {
    diesel::table! {
        notes (id) {
            id -> BigInt,
            body -> Text,
        }
    }
}

const NOTES: &str = "create table notes (id integer primary key, body text not null)";

/// A note, whose hook does what the body says.
#[derive(Debug, Factory)]
#[factory(table = schema::notes, on(sqlite), after_create)]
struct Note {
    #[factory(key)]
    id: i64,
    #[factory(value("wait"))]
    body: String,
}

impl AfterCreate<Connection> for NoteFactory {
    async fn after_create(self, note: &mut Note, db: &mut Connection) -> Result<(), BoxError> {
        db.batch_execute("insert into notes (body) values ('of the hook')").await?;
        match &*note.body {
            "panic" => panic!("in a hook"),
            "fail" => return Err("on purpose".into()),
            _ => tokio::task::yield_now().await,
        }
        Ok(())
    }
}

/// Polls a future and catches what it panics with.
async fn caught<T>(future: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut future = pin!(future);
    std::future::poll_fn(|cx: &mut Context<'_>| {
        match std::panic::catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
            Ok(poll) => poll.map(Ok),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    })
    .await
}

#[tokio::test]
async fn a_hook_may_wait() {
    let mut db = database(NOTES).await;
    Note::factory().create_batch(&mut db, 2).await.unwrap();
    assert_eq!(count(&mut db, "notes").await, 4);
}

#[tokio::test]
async fn a_hook_that_fails_or_panics_undoes_the_call() {
    let mut db = database(NOTES).await;
    let error = Note::factory().body("fail").create_batch(&mut db, 2).await.unwrap_err();
    assert_eq!((error.stage(), count(&mut db, "notes").await), (Stage::AfterCreate, 0));
    db.begin_test_transaction().await.unwrap();
    Note::factory().create(&mut db).await.unwrap();
    assert!(caught(Note::factory().body("panic").create(&mut db)).await.is_err());
    assert_eq!(count(&mut db, "notes").await, 2);
    <Connection as AsyncConnection>::TransactionManager::rollback_transaction(&mut db).await.unwrap();
    assert!(caught(Note::factory().body("panic").create(&mut db)).await.is_err());
    assert_eq!(count(&mut db, "notes").await, 0);
    Note::factory().create(&mut db).await.unwrap();
    assert_eq!(count(&mut db, "notes").await, 2);
}

#[tokio::test]
async fn a_transaction_begun_as_text_stays_open_until_its_commit() {
    let mut db = database(SQLITE).await;
    db.batch_execute("begin").await.unwrap();
    Author::factory().name("kept").create(&mut db).await.unwrap();
    Author::factory().name("kept").create_batch(&mut db, 2).await.unwrap_err();
    Book::factory().create_batch(&mut db, 2).await.unwrap();
    db.batch_execute("rollback").await.unwrap();
    assert_eq!((count(&mut db, "authors").await, count(&mut db, "books").await), (0, 0));
    Author::factory().create(&mut db).await.unwrap();
    assert_eq!(count(&mut db, "authors").await, 1);
}

#[tokio::test]
async fn an_error_leaves_the_callers_transaction_as_it_was() {
    let mut db = database(SQLITE).await;
    let done: Result<(), diesel::result::Error> = db
        .transaction(async |db: &mut SyncConnectionWrapper<_>| {
            Author::factory().name("kept").create(&mut *db).await.unwrap();
            Author::factory().name("kept").create(&mut *db).await.unwrap_err();
            Book::factory().create_batch(&mut *db, 2).await.unwrap();
            Ok(())
        })
        .await;
    done.unwrap();
    assert_eq!((count(&mut db, "authors").await, count(&mut db, "books").await), (3, 2));
}

#[tokio::test]
async fn a_call_can_be_spawned() {
    let mut db = database(SQLITE).await;
    let made = tokio::spawn(async move { Book::factory().create_batch(&mut db, 3).await.map(|books| books.len()) });
    assert_eq!(made.await.unwrap().unwrap(), 3);
}
