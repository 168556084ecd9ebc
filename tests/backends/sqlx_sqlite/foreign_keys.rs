//! Foreign keys: refused at once or at the end, and parents of more rows than one statement takes.

use super::{count, pool};
use manufactory::conformance::{Book, SQLITE};
use manufactory::{Factory, Stage};
use sqlx::Connection;
use std::error::Error as _;

#[tokio::test]
async fn a_row_that_points_nowhere_is_named() {
    let pool = pool(SQLITE).await;
    let error = Book::factory().author_id(99).create(&pool).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Insert, Some((0, 1))));
    assert!(error.source().unwrap().to_string().contains("FOREIGN KEY"), "{error:?}");
    let author = Book::factory().create(&pool).await.unwrap().author_id;
    let rows = Book::factory().times(10).each(|i, book| book.author_id(if i == 4 { 99 } else { author }));
    let error = rows.create(&pool).await.unwrap_err();
    assert_eq!((error.row(), count(&pool, "books").await), (Some((4, 10)), 1), "{error:?}");
}

#[tokio::test]
async fn deferred_keys_fail_at_the_commit_and_leave_nothing() {
    let pool = pool(SQLITE.replace("references authors", "references authors deferrable initially deferred")).await;
    for rows in [1, 10] {
        let error = Book::factory().author_id(99).create_batch(&pool, rows).await.unwrap_err();
        assert!(error.source().unwrap().to_string().contains("FOREIGN KEY"), "{error:?}");
        assert_eq!(count(&pool, "books").await, 0);
        assert!(!pool.acquire().await.unwrap().is_in_transaction());
    }
    let error = Book::factory().author_id(99).create_batch(&pool, 10).await.unwrap_err();
    assert_eq!((error.stage(), error.row()), (Stage::Commit, None), "{error:?}");
    assert_eq!(Book::factory().create_batch(&pool, 3).await.unwrap().len(), 3);
}

#[tokio::test]
async fn rows_of_several_statements_have_their_parents_in_order() {
    let pool = pool(SQLITE).await;
    let books = Book::factory().create_batch(&pool, 12_000).await.unwrap();
    let is_next = |pair: &[Book]| pair[0].id + 1 == pair[1].id && pair[0].author_id + 1 == pair[1].author_id;
    assert!(books.windows(2).all(is_next));
    assert_eq!((count(&pool, "books").await, count(&pool, "authors").await), (12_000, 12_000));
}
