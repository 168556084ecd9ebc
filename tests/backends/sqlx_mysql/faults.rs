//! Sessions that are ended in the middle of a batch.

use super::{count, pool};
use manufactory::Factory;
use manufactory::conformance::{Book, MYSQL};
use sqlx::{AssertSqlSafe, Connection, MySqlConnection};
use std::time::Duration;

#[tokio::test]
async fn sessions_that_are_ended_from_outside_leave_no_row() {
    let (pool, database) = pool(MYSQL).await;
    let mut watch = MySqlConnection::connect(database.url()).await.unwrap();
    let others =
        "select cast(id as signed) from information_schema.processlist where db = database() and id <> connection_id()";
    let mut failed = 0;
    for wait in (0..15).map(|i| Duration::from_millis(2 * i)) {
        let books = tokio::spawn({
            let pool = pool.clone();
            async move { Book::factory().create_batch(&pool, 2_000).await }
        });
        tokio::time::sleep(wait).await;
        let sessions: Vec<i64> = sqlx::query_scalar(others).fetch_all(&mut watch).await.unwrap();
        for session in sessions {
            let _ = sqlx::raw_sql(AssertSqlSafe(format!("kill {session}"))).execute(&mut watch).await;
        }
        let made = books.await.unwrap();
        let rows = if made.is_ok() { 2_000 } else { 0 };
        failed += usize::from(made.is_err());
        assert_eq!((count(&mut watch, "books").await, count(&mut watch, "authors").await), (rows, rows), "{wait:?}");
        sqlx::raw_sql("delete from books; delete from authors").execute(&mut watch).await.unwrap();
    }
    assert!(failed > 0, "no session was ended in time");
}
