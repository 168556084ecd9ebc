//! Everything that can be passed as `db`, and what remains when a call does not end well.

use super::{count, pool};
use manufactory::conformance::{Author, Book, SQLITE};
use manufactory::{Factory, Stage, create_all};
use sqlx::Connection;
use std::time::Duration;

#[tokio::test]
async fn pools_connections_and_transactions() {
    let pool = pool(SQLITE).await;
    Book::factory().create(&pool).await.unwrap();
    let mut connection = pool.acquire().await.unwrap();
    Book::factory().create(&mut connection).await.unwrap();
    Book::factory().create_batch(&mut *connection, 2).await.unwrap();
    let mut tx = connection.begin().await.unwrap();
    create_all(&mut tx, [Book::factory(), Book::factory()]).await.unwrap();
    Book::factory().times(2).create(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    drop(connection);
    assert_eq!((count(&pool, "books").await, count(&pool, "authors").await), (8, 8));
}

#[tokio::test]
async fn a_transaction_rolled_back_takes_everything_along() {
    let pool = pool(SQLITE).await;
    let mut tx = pool.begin().await.unwrap();
    Book::factory().create_batch(&mut tx, 3).await.unwrap();
    drop(tx);
    assert_eq!((count(&pool, "books").await, count(&pool, "authors").await), (0, 0));
}

#[tokio::test]
async fn a_closed_pool_is_an_error_without_a_row() {
    let pool = pool(SQLITE).await;
    pool.close().await;
    let error = Author::factory().create_batch(&pool, 3).await.unwrap_err();
    assert_eq!((error.stage(), error.row(), error.factory()), (Stage::Acquire, None, "Author"));
    assert!(Author::factory().create_batch(&pool, 0).await.unwrap().is_empty(), "no rows, no connection");
}

#[tokio::test]
async fn a_missing_table_is_the_databases_error() {
    let pool = pool("create table other (id integer primary key)").await;
    for error in [
        Author::factory().create(&pool).await.unwrap_err(),
        Author::factory().create_batch(&pool, 2).await.unwrap_err(),
    ] {
        assert_eq!(error.stage(), Stage::Insert);
        assert!(std::error::Error::source(&error).unwrap().to_string().contains("no such table: authors"), "{error:?}");
    }
}

#[tokio::test]
async fn a_future_dropped_half_way_leaves_nothing() {
    let pool = pool(SQLITE).await;
    for micros in [10, 50, 100, 200, 400, 800, 1_600, 3_200] {
        let call = Book::factory().create_batch(&pool, 2_000);
        let finished = tokio::time::timeout(Duration::from_micros(micros), call).await.is_ok();
        let rows = (count(&pool, "authors").await, count(&pool, "books").await);
        if finished {
            assert_eq!(rows, (2_000, 2_000));
            break;
        }
        assert_eq!(rows, (0, 0), "dropped after {micros} µs");
    }
    Author::factory().create(&pool).await.unwrap();
}

#[tokio::test]
async fn writers_wait_for_each_other() {
    let file = std::env::temp_dir().join(format!("manufactory-writers-{}.db", std::process::id()));
    let options = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(&file)
        .create_if_missing(true)
        .journal_mode(sqlx::sqlite::SqliteJournalMode::Wal);
    let pool = sqlx::SqlitePool::connect_with(options).await.unwrap();
    sqlx::raw_sql(SQLITE).execute(&pool).await.unwrap();
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let pool = pool.clone();
            tokio::spawn(async move { Book::factory().create_batch(&pool, 50).await.unwrap().len() })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap(), 50);
    }
    assert_eq!((count(&pool, "books").await, count(&pool, "authors").await), (400, 400));
    pool.close().await;
    for suffix in ["", "-wal", "-shm"] {
        let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
    }
}
