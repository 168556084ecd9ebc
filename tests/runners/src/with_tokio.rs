//! `#[tokio::test]`: each test opens a database in memory, which ends with it.

use crate::{Post, TABLES, User};
use manufactory::{Factory, Session};
use sqlx::SqlitePool;
use sqlx::sqlite::SqlitePoolOptions;

async fn database() -> SqlitePool {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(TABLES).execute(&pool).await.unwrap();
    pool
}

#[tokio::test]
async fn rows_are_created() {
    let db = database().await;
    let alice = User::factory().username("alice").create(&db).await.unwrap();
    let posts = Post::factory().author(&alice).create_batch(&db, 3).await.unwrap();
    assert!(posts.iter().all(|post| post.author_id == alice.id));
}

/// A task of another thread has the session that it is given: without it, its data would depend on which thread runs it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tasks_enter_the_session_of_the_test() {
    let db = database().await;
    let session = Session::seeded(42);
    let tasks = (0..4).map(|_| {
        let (db, session) = (db.clone(), session.clone());
        tokio::spawn(async move {
            // The call belongs to the session that is current when it is made, not while it runs.
            let call = {
                let _guard = session.enter();
                User::factory().create(&db)
            };
            call.await.unwrap().username
        })
    });
    let mut names = Vec::new();
    for task in tasks.collect::<Vec<_>>() {
        names.push(task.await.unwrap());
    }
    names.sort_unstable();
    assert_eq!(names, ["user0", "user1", "user2", "user3"]);
}
