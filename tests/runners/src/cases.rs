//! `rstest`: fixtures hand the database and its rows to the tests, and each case is a test with a session of its own.

use crate::{Post, TABLES, User};
use manufactory::Factory;
use rstest::{fixture, rstest};
use sqlx::SqlitePool;
use sqlx::sqlite::SqlitePoolOptions;

#[fixture]
async fn db() -> SqlitePool {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(TABLES).execute(&pool).await.unwrap();
    pool
}

/// Rows that several tests start from: a database with a user in it.
#[fixture]
async fn with_alice(#[future(awt)] db: SqlitePool) -> (SqlitePool, User) {
    let alice = User::factory().username("alice").create(&db).await.unwrap();
    (db, alice)
}

#[rstest]
#[case::none(0)]
#[case::one(1)]
#[case::many(500)]
#[tokio::test]
async fn batches_of_any_size(#[future(awt)] db: SqlitePool, #[case] rows: usize) {
    assert_eq!(Post::factory().create_batch(&db, rows).await.unwrap().len(), rows);
}

#[rstest]
#[tokio::test]
async fn fixtures_hold_rows(#[future(awt)] with_alice: (SqlitePool, User)) {
    let (db, alice) = with_alice;
    let post = Post::factory().author(&alice).create(&db).await.unwrap();
    assert_eq!(post.author_id, alice.id);
}
