//! Everything that can be passed as `db`, and what remains when a call does not end well.

use super::{File, count, pool};
use manufactory::conformance::{Author, Book, SQLITE};
use manufactory::{Factory, Stage, create_all};
use sqlx::sqlite::SqliteJournalMode;
use sqlx::{Connection, SqlitePool};

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
        assert_eq!((error.stage(), error.row()), (Stage::Insert, None));
        assert!(std::error::Error::source(&error).unwrap().to_string().contains("no such table: authors"), "{error:?}");
    }
}

#[tokio::test]
async fn writers_wait_for_each_other() {
    for journal in [SqliteJournalMode::Wal, SqliteJournalMode::Delete] {
        let file = File::new("writers");
        let pool = SqlitePool::connect_with(file.options().journal_mode(journal)).await.unwrap();
        sqlx::raw_sql(SQLITE).execute(&pool).await.unwrap();
        let writer = |pool: SqlitePool| async move {
            for _ in 0..5 {
                Book::factory().create_batch(&pool, 20).await.unwrap();
            }
        };
        let writers: Vec<_> = (0..4).map(|_| tokio::spawn(writer(pool.clone()))).collect();
        for writer in writers {
            writer.await.unwrap();
        }
        assert_eq!((count(&pool, "books").await, count(&pool, "authors").await), (400, 400), "{journal:?}");
        pool.close().await;
    }
}
