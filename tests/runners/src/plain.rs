//! `#[test]`: in memory there is nothing to wait for, and with a database a runtime waits.

use crate::{Post, TABLES, User};
use manufactory::Factory;
use sqlx::{Connection, SqliteConnection};

#[test]
fn models_are_built() {
    let user = User::factory().username("alice").build();
    assert_eq!(user.username, "alice");
    assert!(Post::factory().build_batch(3).iter().all(|post| !post.title.is_empty()));
}

#[test]
fn a_runtime_waits_for_the_database() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let post = runtime.block_on(async {
        let mut db = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        sqlx::raw_sql(TABLES).execute(&mut db).await.unwrap();
        Post::factory().title("Hello").create(&mut db).await.unwrap()
    });
    assert_eq!((post.author_id, &*post.title), (1, "Hello"));
}
