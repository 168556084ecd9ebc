//! Several runs at once, each with its part.

use super::{everything, plan, postgres};
use crate::models::User;
use manufactory::seed::{Database, Options, Stop, Watch};
use sqlx::{Connection, PgConnection};
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn four_at_once_write_what_one_does() {
    let (database, mut db) = postgres().await;
    let runs = (0..4).map(|shard| {
        let url = database.url().to_owned();
        tokio::spawn(async move {
            let options = Options::new().shard(shard, 4).chunk(111).threads(1).patience(Duration::from_secs(60));
            let mut db = Database::open(&url).await?;
            db.run(&plan(1_000, 3_000), &options, &mut ()).await
        })
    });
    let mut written = 0;
    for run in runs.collect::<Vec<_>>() {
        written += run.await.unwrap().unwrap().written();
    }
    assert_eq!(written, 4_000);

    let (_alone, mut one) = postgres().await;
    plan(1_000, 3_000).run(&mut one, &Options::new(), &mut ()).await.unwrap();
    assert_eq!(everything(&mut db).await, everything(&mut one).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn tasks_wait_for_all_and_all_for_them() {
    let database = crate::servers::postgres().await;
    let plan = || {
        let mut plan = super::plan(50, 200);
        plan.before(|mut db| {
            let schema = super::POSTGRES.replace("create table", "create table if not exists");
            Box::pin(async move { db.execute(&schema).await })
        });
        plan.task("count", |mut db| {
            Box::pin(
                async move { db.execute("create table counted as select (select count(*) from posts) as posts").await },
            )
        });
        plan.step("more", 10, |_| User::factory());
        plan
    };
    let runs = (0..4).map(|shard| {
        let url = database.url().to_owned();
        tokio::spawn(async move {
            let options = Options::new().shard(shard, 4).patience(Duration::from_secs(60));
            Database::open(&url).await?.run(&plan(), &options, &mut ()).await
        })
    });
    for run in runs.collect::<Vec<_>>() {
        run.await.unwrap().unwrap();
    }
    let mut db = PgConnection::connect(database.url()).await.unwrap();
    let counted: i64 = sqlx::query_scalar("select posts from counted").fetch_one(&mut db).await.unwrap();
    assert_eq!(counted, 200);
    let users: i64 = sqlx::query_scalar("select count(*) from users").fetch_one(&mut db).await.unwrap();
    assert_eq!(users, 60);
}

/// Stops the run as soon as it waits.
struct StopWaiting(Stop);

impl Watch for StopWaiting {
    fn wait(&mut self, _: &str) {
        self.0.now();
    }
}

#[tokio::test]
async fn a_part_that_is_stopped_while_it_waits_does_nothing_more() {
    let (_database, mut db) = postgres().await;
    let mut plan = super::plan(50, 200);
    plan.task("early", |mut db| Box::pin(async move { db.execute("create table early (id int)").await }));
    let stop = Stop::new();
    let options = Options::new().shard(0, 2).stop(&stop);
    let summary = plan.run(&mut db, &options, &mut StopWaiting(stop)).await.unwrap();
    assert!(summary.stopped);
    let early: Option<String> =
        sqlx::query_scalar("select to_regclass('early')::text").fetch_one(&mut db).await.unwrap();
    assert_eq!(early, None);
    let posts: i64 = sqlx::query_scalar("select count(*) from posts").fetch_one(&mut db).await.unwrap();
    assert_eq!(posts, 0);
}

#[tokio::test]
async fn a_part_that_waits_in_vain_says_for_whom() {
    let (_database, mut db) = postgres().await;
    let options = Options::new().shard(1, 2).patience(Duration::from_millis(300));
    let failure = plan(10, 10).run(&mut db, &options, &mut ()).await.unwrap_err();
    let text = "other shards have not finished `users`; run them, then run this one again";
    assert_eq!(failure.to_string(), text);
    // Another number of parts would leave rows out, or write them twice.
    let failure = plan(10, 10).run(&mut db, &Options::new().shard(1, 3), &mut ()).await.unwrap_err();
    assert!(
        failure.to_string().starts_with("step `users` was begun with 2 shards, and this is a run with 3"),
        "{failure}"
    );
}
