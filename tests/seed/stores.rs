//! A store of one's own.

use crate::models::{Post, User, blog};
use manufactory::Memory;
use manufactory::seed::{Options, Plan};

#[tokio::test]
async fn rows_go_into_any_store() {
    let mut store = Memory::new().unique("users", &["username"]);
    let summary = blog(20, 50).run_in(&mut store, &Options::new().chunk(7), &mut ()).await.unwrap();
    assert_eq!(summary.written(), 70);
    assert_eq!((store.count("users"), store.count("posts")), (20, 50));
    let first = blog(20, 50).sample(&Options::new(), "posts", 1).unwrap();
    assert_eq!(first[0].get("id"), Some(&1.into()));
}

#[tokio::test]
async fn a_row_that_a_store_refuses_is_named() {
    let mut store = Memory::new().unique("users", &["age"]);
    let mut plan = Plan::new();
    plan.step("users", 30, |row| {
        User::factory().age(if row.index() == 25 { 3 } else { i32::try_from(row.index()).unwrap() })
    });
    let failure = plan.run_in(&mut store, &Options::new().chunk(10), &mut ()).await.unwrap_err();
    let text = failure.to_string();
    assert!(text.starts_with("step `users`: cannot insert User, row 25 of 30 with id = 26"), "{text}");
    assert_eq!(store.count("users"), 20);
}

#[tokio::test]
async fn what_needs_a_database_is_refused_beforehand() {
    let mut plan = Plan::new();
    plan.step("posts", 3, |_| Post::factory());
    plan.task("analyze", |mut db| Box::pin(async move { db.execute("analyze").await }));
    let failure = plan.run_in(&mut Memory::new(), &Options::new(), &mut ()).await.unwrap_err();
    assert_eq!(failure.to_string(), "task `analyze` needs a database, and this is a store");
}
