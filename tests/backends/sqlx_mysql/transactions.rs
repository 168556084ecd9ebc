//! The callers' transactions, and calls of which nobody awaits the end.

use super::{count, pool};
use manufactory::Factory;
use manufactory::conformance::{Author, Book, Known, MYSQL};
use sqlx::{Connection, MySqlConnection};
use std::time::Duration;

#[tokio::test]
async fn an_error_leaves_the_callers_transactions_as_they_were() {
    let (pool, _database) = pool(MYSQL).await;
    let mut outer = pool.begin().await.unwrap();
    Author::factory().name("kept").create(&mut outer).await.unwrap();
    let taken = || Author::factory().times(4).each(|i, author| if i == 3 { author.name("kept") } else { author });
    taken().create(&mut outer).await.unwrap_err();
    let mut inner = outer.begin().await.unwrap();
    Author::factory().create_batch(&mut *inner, 2).await.unwrap();
    taken().create(&mut *inner).await.unwrap_err();
    assert_eq!(count(&mut *inner, "authors").await, 3);
    inner.rollback().await.unwrap();
    assert_eq!(count(&mut *outer, "authors").await, 1);
    outer.commit().await.unwrap();
    assert_eq!(count(&pool, "authors").await, 1);
}

#[tokio::test]
async fn a_call_on_a_connection_outside_of_a_transaction_is_committed() {
    let (pool, database) = pool(MYSQL).await;
    let mut connection = MySqlConnection::connect(database.url()).await.unwrap();
    Book::factory().create_batch(&mut connection, 3).await.unwrap();
    assert_eq!((count(&pool, "books").await, connection.is_in_transaction()), (3, false));
    Book::factory().author_id(-1).create(&mut connection).await.unwrap_err();
    Book::factory().create(&mut connection).await.unwrap();
    assert_eq!(count(&pool, "books").await, 4);
}

// Of a pool: sqlx loses track of a connection to MySQL when a statement is dropped while it is being prepared.
#[tokio::test]
async fn a_future_that_is_dropped_leaves_nothing() {
    let (pool, _database) = pool(MYSQL).await;
    for wait in (0..30).map(|i| Duration::from_micros(i * 400)) {
        let books = Book::factory().create_batch(&pool, 300);
        let _ = tokio::time::timeout(wait, books).await;
        // In one statement: what was dropped may be committed only now, or be rolled back.
        let rows = sqlx::query_as("select (select count(*) from books), (select count(*) from authors)");
        let (books, authors): (i64, i64) = rows.fetch_one(&pool).await.unwrap();
        assert_eq!(books, authors, "{wait:?}");
        sqlx::raw_sql("delete from books; delete from authors").execute(&pool).await.unwrap();
    }
}

#[tokio::test]
async fn calls_at_the_same_time_get_keys_of_their_own() {
    let (pool, _database) = pool(MYSQL).await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let pool = pool.clone();
            tokio::spawn(async move { Book::factory().create_batch(&pool, 250).await.unwrap() })
        })
        .collect();
    for task in tasks {
        assert_eq!(task.await.unwrap().len(), 250);
    }
    assert_eq!(count(&pool, "books").await, 2_000);
    assert_eq!(count(&pool, "authors").await, 2_000);
}

#[tokio::test]
async fn of_many_who_make_the_same_row_at_the_same_time_one_makes_it() {
    let (pool, _database) = pool(MYSQL).await;
    for round in 0..10 {
        let name = format!("topic {round}");
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (pool, known) = (pool.clone(), Known::factory().name(&name));
                tokio::spawn(async move { known.create(&pool).await })
            })
            .collect();
        let mut ids = Vec::new();
        for task in tasks {
            ids.push(task.await.unwrap().unwrap_or_else(|error| panic!("{error:?}")).id);
        }
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
    }
    assert_eq!(count(&pool, "topics").await, 10);
}
