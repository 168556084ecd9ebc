//! A run whose future is dropped: what it has begun is undone, for whoever goes on, on its connection or on another.

use super::{everything, mysql, plan, postgres};
use manufactory::seed::{Database, Options};
use std::time::Duration;

/// Runs on one connection, each of them dropped later than the one before, until one is not; and says how many were.
async fn run_after_run(db: &mut Database) -> u64 {
    for wait in 1.. {
        let (plan, options, mut nobody) = (plan(300, 3_000), Options::new().chunk(100), ());
        let run = db.run(&plan, &options, &mut nobody);
        if let Ok(done) = tokio::time::timeout(Duration::from_millis(wait), run).await {
            done.unwrap();
            return wait - 1;
        }
    }
    0
}

/// Runs on new connections, each of them while those of the runs that were dropped are held.
async fn beside_each_other(url: &str) -> usize {
    let mut held = Vec::new();
    for wait in (5..).step_by(5) {
        let mut db = Database::open(url).await.unwrap();
        let (plan, options, mut nobody) = (plan(300, 3_000), Options::new().chunk(100), ());
        let run = db.run(&plan, &options, &mut nobody);
        if let Ok(done) = tokio::time::timeout(Duration::from_millis(wait), run).await {
            done.unwrap();
            break;
        }
        held.push(db);
    }
    held.len()
}

#[tokio::test]
async fn nothing_is_left_in_postgres() {
    let mut all = Vec::new();
    for is_beside in [false, true] {
        let (database, mut db) = postgres().await;
        if is_beside {
            assert!(beside_each_other(database.url()).await > 0);
        } else {
            assert!(run_after_run(&mut Database::open(database.url()).await.unwrap()).await > 0);
        }
        all.push(everything(&mut db).await);
    }
    assert_eq!(all[0].len(), 3_000);
    assert_eq!(all[0], all[1]);
}

#[tokio::test]
async fn nothing_is_left_in_mysql() {
    for is_beside in [false, true] {
        let (database, mut db) = mysql::database().await;
        if is_beside {
            assert!(beside_each_other(database.url()).await > 0);
        } else {
            assert!(run_after_run(&mut Database::open(database.url()).await.unwrap()).await > 0);
        }
        let posts = sqlx::query_as("select count(*), count(distinct title) from posts").fetch_one(&mut db).await;
        assert_eq!(posts.ok(), Some((3_000_i64, 3_000_i64)));
    }
}
