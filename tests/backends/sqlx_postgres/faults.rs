//! A server that goes away in the middle of a batch.

use super::{count, pool};
use manufactory::conformance::{Author, Book, POSTGRES};
use manufactory::{Factory, Stage};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::error::Error as _;

/// A trigger that ends the session of whoever inserts the row of this name: as if the server were killed.
const KILLS: &str = "
    create function kill() returns trigger language plpgsql as
        $$ begin if new.name = 'killer' then perform pg_terminate_backend(pg_backend_pid()); end if; return new; end $$;
    create trigger kills before insert on authors for each row execute function kill();";

#[tokio::test]
async fn a_session_that_ends_in_the_middle_of_a_batch_leaves_no_row() {
    let (pool, database) = pool(&format!("{POSTGRES}{KILLS}")).await;
    let mut watch = PgConnection::connect(database.url()).await.unwrap();
    for killer in [0, 500, 1_999] {
        let books = Book::factory().times(2_000);
        let books =
            books.each(|i, book| if i == killer { book.author_with(|author| author.name("killer")) } else { book });
        let error = books.create(&pool).await.unwrap_err();
        assert_eq!((error.factory(), error.stage(), error.row()), ("Author", Stage::Insert, None), "{error:?}");
        assert!(error.source().is_some());
        assert_eq!(count(&mut watch, "authors").await, 0);
        assert_eq!(count(&mut watch, "books").await, 0);
        // The pool has thrown the connection away, and goes on.
        assert_eq!(Author::factory().create_batch(&pool, 3).await.unwrap().len(), 3);
        sqlx::raw_sql("truncate books, authors").execute(&mut watch).await.unwrap();
    }
}

#[tokio::test]
async fn sessions_that_are_ended_from_outside_leave_no_row() {
    let (pool, database) = pool(POSTGRES).await;
    let mut watch = PgConnection::connect(database.url()).await.unwrap();
    let kill = "select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()";
    let mut failed = 0;
    for wait in (0..15).map(|i| std::time::Duration::from_millis(3 * i)) {
        let books = tokio::spawn({
            let pool = pool.clone();
            async move { Book::factory().create_batch(&pool, 2_000).await }
        });
        tokio::time::sleep(wait).await;
        sqlx::raw_sql(AssertSqlSafe(kill)).execute(&mut watch).await.unwrap();
        let made = books.await.unwrap();
        let rows = if made.is_ok() { 2_000 } else { 0 };
        failed += usize::from(made.is_err());
        assert_eq!((count(&mut watch, "books").await, count(&mut watch, "authors").await), (rows, rows), "{wait:?}");
        sqlx::raw_sql("truncate books, authors").execute(&mut watch).await.unwrap();
    }
    assert!(failed > 0, "no session was ended in time");
}
