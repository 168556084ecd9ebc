//! Tables with an `on conflict` clause, which drop, replace or roll back instead of refusing.

use super::{count, pool};
use manufactory::conformance::{Author, SQLITE};
use manufactory::{Factory, create_all};
use sqlx::{Connection, SqlitePool};
use std::error::Error as _;

/// Authors of one name are a conflict, which is resolved like this.
async fn resolving(how: &str) -> SqlitePool {
    pool(SQLITE.replace("unique", &format!("unique on conflict {how}"))).await
}

#[tokio::test]
async fn a_row_that_is_dropped_is_no_older_row_with_its_name() {
    let pool = resolving("ignore").await;
    let rows =
        Author::factory().times(5).each(|i, author| if i % 2 == 0 && i > 0 { author.name("same") } else { author });
    let error = rows.create(&pool).await.unwrap_err();
    assert_eq!((error.row(), count(&pool, "authors").await), (Some((4, 5)), 0), "{error:?}");
}

#[tokio::test]
async fn a_row_that_is_dropped_is_no_older_row_with_its_key() {
    let pool = pool(SQLITE.replace("primary key", "primary key on conflict ignore")).await;
    Author::factory().id(3).create(&pool).await.unwrap();
    let error = create_all(&pool, (0..5).map(|id| Author::factory().id(id))).await.unwrap_err();
    assert_eq!(error.row(), Some((3, 5)), "{error:?}");
    let error = Author::factory().id(3).create(&pool).await.unwrap_err();
    assert_eq!(error.row(), Some((0, 1)), "{error:?}");
    assert_eq!(count(&pool, "authors").await, 1);
}

#[tokio::test]
async fn a_row_that_a_later_one_replaces_is_an_error() {
    let pool = resolving("replace").await;
    let rows =
        Author::factory().times(5).each(|i, author| if i % 2 == 0 && i > 0 { author.name("same") } else { author });
    let error = rows.create(&pool).await.unwrap_err();
    assert_eq!((error.row(), count(&pool, "authors").await), (Some((2, 5)), 0), "{error:?}");
}

#[tokio::test]
async fn a_conflict_that_rolls_back_leaves_a_pool_that_works() {
    let pool = resolving("rollback").await;
    for _ in 0..2 {
        let error = Author::factory().name("same").create_batch(&pool, 10).await.unwrap_err();
        assert!(error.source().unwrap().to_string().contains("UNIQUE"), "{error:?}");
        assert!(!pool.acquire().await.unwrap().is_in_transaction());
    }
    assert_eq!(Author::factory().create_batch(&pool, 3).await.unwrap().len(), 3);
    assert_eq!(count(&pool, "authors").await, 3);
}

#[tokio::test]
async fn a_conflict_that_rolls_back_takes_the_callers_transactions_along() {
    let pool = resolving("rollback").await;
    Author::factory().name("same").create(&pool).await.unwrap();
    for (rows, commits) in [(1, false), (10, false), (1, true), (10, true)] {
        let mut outer = pool.begin().await.unwrap();
        let mut middle = outer.begin().await.unwrap();
        let mut inner = middle.begin().await.unwrap();
        Author::factory().create_batch(&mut inner, 3).await.unwrap();
        let error = Author::factory().name("same").create_batch(&mut inner, rows).await.unwrap_err();
        assert!(error.source().unwrap().to_string().contains("UNIQUE"), "{error:?}");
        assert_eq!(count(&mut *inner, "authors").await, 1);
        if commits {
            inner.commit().await.unwrap();
            middle.commit().await.unwrap();
            outer.commit().await.unwrap();
        } else {
            inner.rollback().await.unwrap();
            middle.rollback().await.unwrap();
            outer.rollback().await.unwrap();
        }
        let mut connection = pool.acquire().await.unwrap();
        assert!(!connection.is_in_transaction());
        let transaction = connection.begin().await.unwrap();
        transaction.commit().await.unwrap();
    }
    Author::factory().create_batch(&pool, 3).await.unwrap();
    assert_eq!(count(&pool, "authors").await, 4);
}
