//! The callers' transactions, and calls of which nobody awaits the end.

use super::{count, sqlite};
use crate::sqlx_sqlite::File;
use manufactory::Factory;
use manufactory::conformance::{Author, Book, SQLITE};
use sea_orm::{ConnectionTrait, DatabaseConnection, SqlxSqliteConnector, TransactionTrait};
use sqlx::sqlite::SqlitePoolOptions;
use std::pin::pin;
use std::task::Poll;

#[tokio::test]
async fn an_error_leaves_the_callers_transactions_as_they_were() {
    errors_leave_transactions(&sqlite(SQLITE).await).await;
}

/// In any database that has the tables.
pub(super) async fn errors_leave_transactions(db: &DatabaseConnection) {
    let outer = db.begin().await.unwrap();
    Author::factory().name("kept").create(&outer).await.unwrap();
    Author::factory().create_batch(&outer, 4).await.unwrap();
    let taken = || Author::factory().times(4).each(|i, author| if i == 3 { author.name("kept") } else { author });
    taken().create(&outer).await.unwrap_err();
    assert_eq!(count(&outer, "authors").await, 5);
    Book::factory().create_batch(&outer, 4).await.unwrap();
    let mut inner = outer.begin().await.unwrap();
    Author::factory().create_batch(&mut inner, 4).await.unwrap();
    taken().create(&inner).await.unwrap_err();
    inner.commit().await.unwrap();
    let inner = outer.begin().await.unwrap();
    Author::factory().create_batch(&inner, 4).await.unwrap();
    inner.rollback().await.unwrap();
    outer.commit().await.unwrap();
    assert_eq!((count(db, "authors").await, count(db, "books").await), (13, 4));
}

#[tokio::test]
async fn a_transaction_that_a_trigger_has_ended_is_opened_again() {
    let db = sqlite(
        "create table authors (id integer primary key, name text unique, email text, joined text default 'today');
         create trigger refused before insert on authors when new.name = 'nobody' begin
             select raise(rollback, 'nobody is no author');
         end;",
    )
    .await;
    let nobody = || Author::factory().name("nobody");
    for rows in [1, 2] {
        let error = nobody().create_batch(&db, rows).await.unwrap_err();
        assert!(format!("{error:?}").contains("nobody is no author"), "{error:?}");
    }
    let outer = db.begin().await.unwrap();
    nobody().create(&outer).await.unwrap_err();
    Author::factory().create(&outer).await.unwrap();
    outer.rollback().await.unwrap();
    assert_eq!(count(&db, "authors").await, 0);
    let outer = db.begin().await.unwrap();
    let inner = outer.begin().await.unwrap();
    nobody().create_batch(&inner, 2).await.unwrap_err();
    inner.commit().await.unwrap();
    Author::factory().create(&outer).await.unwrap();
    outer.commit().await.unwrap();
    assert_eq!(count(&db, "authors").await, 1);
}

#[tokio::test]
async fn a_call_dropped_in_a_transaction_leaves_nothing_of_itself() {
    let db = sqlite(SQLITE).await;
    let outer = db.begin().await.unwrap();
    Book::factory().create_batch(&outer, 4).await.unwrap();
    let mut before = 4;
    for polls in 1.. {
        let is_done = is_done_after(polls, Book::factory().create_batch(&outer, ROWS.into())).await;
        before = all_or_nothing(before, &outer, is_done).await;
        if is_done {
            break;
        }
    }
    outer.commit().await.unwrap();
    assert_eq!(count(&db, "books").await, before);
}

#[tokio::test]
async fn a_call_dropped_on_a_connection_leaves_nothing() {
    // Dropped while it is checked, a connection is closed: a database in memory would be gone.
    let file = File::new("sea-orm-dropped");
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(file.options()).await.unwrap();
    let db = SqlxSqliteConnector::from_sqlx_sqlite_pool(pool);
    db.execute_unprepared(SQLITE).await.unwrap();
    dropped_calls_leave_nothing(&db).await;
    db.close().await.unwrap();
}

/// In any database that has the tables.
pub(super) async fn dropped_calls_leave_nothing(db: &DatabaseConnection) {
    let mut before = 0;
    for polls in 1.. {
        let is_done = is_done_after(polls, Book::factory().create_batch(db, ROWS.into())).await;
        before = all_or_nothing(before, db, is_done).await;
        if is_done {
            break;
        }
    }
}

const ROWS: u16 = 300;

/// The number of rows after a call, and of parents, which is as many.
async fn all_or_nothing(before: i64, db: &impl ConnectionTrait, is_done: bool) -> i64 {
    let (authors, books) = (count(db, "authors").await, count(db, "books").await);
    assert_eq!(authors, books);
    // A commit that is on its way cannot be called back.
    let is_whole = books == before + i64::from(ROWS) || (books == before && !is_done);
    assert!(is_whole, "{before} became {books}, done: {is_done}");
    books
}

/// Polls a call so many times, whenever there is something to poll it for, and drops it.
async fn is_done_after<T>(polls: usize, call: impl Future<Output = T>) -> bool {
    let mut call = pin!(call);
    let mut polled = 0;
    std::future::poll_fn(|cx| {
        polled += 1;
        match call.as_mut().poll(cx) {
            Poll::Ready(_) => Poll::Ready(true),
            Poll::Pending if polled == polls => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}
