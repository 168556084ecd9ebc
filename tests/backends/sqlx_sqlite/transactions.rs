//! The callers' transactions, and calls of which nobody awaits the end.

use super::{File, count, pool};
use manufactory::Factory;
use manufactory::conformance::{Author, Book, SQLITE};
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{Connection, SqliteConnection};
use std::pin::pin;
use std::task::Poll;

#[tokio::test]
async fn an_error_leaves_the_callers_transactions_as_they_were() {
    let pool = pool(SQLITE).await;
    let mut outer = pool.begin().await.unwrap();
    Author::factory().name("kept").create(&mut outer).await.unwrap();
    Author::factory().create_batch(&mut outer, 4).await.unwrap();
    let taken = || Author::factory().times(4).each(|i, author| if i == 3 { author.name("kept") } else { author });
    taken().create(&mut outer).await.unwrap_err();
    assert_eq!(count(&mut *outer, "authors").await, 5);
    Book::factory().create_batch(&mut outer, 4).await.unwrap();
    let mut inner = outer.begin().await.unwrap();
    Author::factory().create_batch(&mut inner, 4).await.unwrap();
    taken().create(&mut inner).await.unwrap_err();
    inner.commit().await.unwrap();
    outer.commit().await.unwrap();
    assert_eq!((count(&pool, "authors").await, count(&pool, "books").await), (13, 4));
    assert!(!pool.acquire().await.unwrap().is_in_transaction());
}

#[tokio::test]
async fn a_transaction_begun_as_text_stays_open_until_its_commit() {
    let pool = pool(SQLITE).await;
    let mut connection = pool.acquire().await.unwrap();
    sqlx::raw_sql("begin").execute(&mut *connection).await.unwrap();
    Author::factory().name("kept").create(&mut connection).await.unwrap();
    Book::factory().create_batch(&mut connection, 4).await.unwrap();
    let taken = Author::factory().times(4).each(|i, author| if i == 3 { author.name("kept") } else { author });
    taken.create(&mut connection).await.unwrap_err();
    let books = drop_at_every_poll(&mut connection).await;
    sqlx::raw_sql("commit").execute(&mut *connection).await.unwrap();
    assert!(!connection.is_in_transaction());
    assert_eq!(count(&mut *connection, "books").await, books);
    assert_eq!(count(&mut *connection, "authors").await, books + 1);
}

#[tokio::test]
async fn a_call_dropped_in_a_transaction_leaves_nothing_of_itself() {
    let pool = pool(SQLITE).await;
    let mut connection = pool.acquire().await.unwrap();
    let mut transaction = connection.begin().await.unwrap();
    Book::factory().create_batch(&mut transaction, 4).await.unwrap();
    let books = drop_at_every_poll(&mut transaction).await;
    transaction.commit().await.unwrap();
    assert!(!connection.is_in_transaction());
    assert_eq!(count(&mut *connection, "books").await, books);
}

#[tokio::test]
async fn a_call_dropped_on_a_connection_leaves_nothing() {
    let pool = pool(SQLITE).await;
    let mut connection = pool.acquire().await.unwrap();
    drop_at_every_poll(&mut connection).await;
    assert!(!connection.is_in_transaction());
}

#[tokio::test]
async fn a_call_dropped_on_a_pool_leaves_nothing() {
    // Dropped while it is checked, a connection is closed: a database in memory would be gone.
    let file = File::new("dropped");
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(file.options()).await.unwrap();
    sqlx::raw_sql(SQLITE).execute(&pool).await.unwrap();
    let mut before = 0;
    for polls in 1.. {
        let is_done = is_done_after(polls, Book::factory().create_batch(&pool, ROWS.into())).await;
        let rows = (count(&pool, "authors").await, count(&pool, "books").await);
        before = all_or_nothing(before, rows, is_done);
        if is_done {
            break;
        }
    }
    assert!(!pool.acquire().await.unwrap().is_in_transaction());
    pool.close().await;
}

const ROWS: u16 = 300;

/// Starts the same call again and again, and drops it one poll later each time, until it comes to its end. How many
/// books there are then.
async fn drop_at_every_poll(db: &mut SqliteConnection) -> i64 {
    let others = count(&mut *db, "authors").await - count(&mut *db, "books").await;
    let mut before = count(&mut *db, "books").await;
    for polls in 1.. {
        let is_done = is_done_after(polls, Book::factory().create_batch(&mut *db, ROWS.into())).await;
        let rows = (count(&mut *db, "authors").await - others, count(&mut *db, "books").await);
        before = all_or_nothing(before, rows, is_done);
        if is_done {
            break;
        }
    }
    before
}

/// The number of rows after a call, and of parents, which is as many.
fn all_or_nothing(before: i64, (authors, books): (i64, i64), is_done: bool) -> i64 {
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
