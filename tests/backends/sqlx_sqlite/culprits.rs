//! Which row an error names, and which errors name none.

use super::{count, pool};
use manufactory::Factory;
use manufactory::conformance::{Author, SQLITE};
use std::error::Error as _;

#[tokio::test]
async fn the_culprit_is_found_in_batches_of_any_size() {
    let pool = pool(SQLITE).await;
    Author::factory().name("taken").create(&pool).await.unwrap();
    for rows in [2, 3, 100, 5_001, 11_000] {
        for culprit in [0, 1, rows / 2, rows - 1] {
            let authors = Author::factory().times(rows);
            let authors = authors.each(|i, author| if i == culprit { author.name("taken") } else { author });
            let error = authors.create(&pool).await.unwrap_err();
            assert_eq!(error.row(), Some((culprit, rows)));
            assert!(error.to_string().contains("name = \"taken\""), "{error}");
            assert!(error.source().unwrap().to_string().contains("UNIQUE"), "{error:?}");
        }
    }
    assert_eq!(count(&pool, "authors").await, 1);
}

#[tokio::test]
async fn of_two_rows_that_collide_the_later_one_is_the_culprit() {
    let pool = pool(SQLITE).await;
    let same_name = Author::factory().times(1_000);
    let same_name = same_name.each(|i, author| if i == 17 || i == 900 { author.name("twice") } else { author });
    assert_eq!(same_name.create(&pool).await.unwrap_err().row(), Some((900, 1_000)));
    let same_key = Author::factory().times(1_000);
    let same_key = same_key.each(|i, author| if i == 40 || i == 990 { author.id(6) } else { author });
    assert_eq!(same_key.create(&pool).await.unwrap_err().row(), Some((990, 1_000)));
    assert_eq!(count(&pool, "authors").await, 0);
}

#[tokio::test]
async fn a_column_that_does_not_exist_blames_no_row() {
    let pool = pool("create table authors (id integer primary key, email text, joined text)").await;
    for rows in [1, 5] {
        let error = Author::factory().create_batch(&pool, rows).await.unwrap_err();
        assert_eq!(error.row(), None, "{error:?}");
        assert!(error.source().unwrap().to_string().contains("no column named name"), "{error:?}");
    }
}

#[tokio::test]
async fn a_column_that_cannot_be_read_is_not_taken_for_a_text() {
    let pool = pool("create table authors (id integer primary key, name text, email text)").await;
    for rows in [1, 5] {
        let error = Author::factory().create_batch(&pool, rows).await.unwrap_err();
        assert_eq!(error.row(), None, "{error:?}");
        assert!(error.source().unwrap().to_string().contains("no such column: authors.joined"), "{error:?}");
    }
    assert_eq!(count(&pool, "authors").await, 0);
}
