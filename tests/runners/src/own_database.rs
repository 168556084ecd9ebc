//! `#[sqlx::test]`: each test is handed a database of its own, with the migrations run. On SQLite that is a file.

use crate::{Post, User};
use manufactory::Factory;
use sqlx::SqlitePool;
use sqlx::pool::PoolConnection;

#[sqlx::test]
async fn a_pool_is_handed_in(db: SqlitePool) {
    let posts = Post::factory().create_batch(&db, 10).await.unwrap();
    assert_eq!((posts[0].id, posts[9].author_id), (1, 10));
}

#[sqlx::test]
async fn so_is_a_connection(mut db: PoolConnection<sqlx::Sqlite>) {
    let user = User::factory().create(&mut db).await.unwrap();
    assert_eq!(user.id, 1, "no other test has been here");
}
