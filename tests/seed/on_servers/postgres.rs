//! COPY, and what it does to the table.

use super::{everything, plan, postgres};
use crate::models::User;
use manufactory::Factory;
use manufactory::seed::{Database, Options, Plan, fill_to};

#[tokio::test]
async fn rows_are_copied_and_the_counter_moves_past_them() {
    let (database, mut db) = postgres().await;
    let summary = plan(1_000, 3_000).run(&mut db, &Options::new().chunk(700), &mut ()).await.unwrap();
    assert_eq!(summary.steps.iter().map(|step| step.way).collect::<Vec<_>>(), ["copy", "copy"]);
    assert_eq!(everything(&mut db).await.len(), 3_000);
    let user = User::factory().username("next").create(&mut db).await.unwrap();
    assert_eq!(user.id, 1_001);
    let again = Database::open(database.url()).await.unwrap().run(&plan(1_000, 3_000), &Options::new(), &mut ()).await;
    assert_eq!(again.unwrap().written(), 0);
}

#[tokio::test]
async fn keys_begin_behind_those_that_are_there() {
    let (_database, mut db) = postgres().await;
    for _ in 0..3 {
        User::factory().username(format!("old{}", rand::random::<u64>())).create(&mut db).await.unwrap();
    }
    let mut plan = Plan::new();
    plan.step("users", fill_to(10), |_| User::factory());
    plan.run(&mut db, &Options::new(), &mut ()).await.unwrap();
    let ids: Vec<i64> = sqlx::query_scalar("select id from users order by id").fetch_all(&mut db).await.unwrap();
    assert_eq!(ids, (1..=10).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_row_that_is_refused_is_named_with_its_values() {
    let (_database, mut db) = postgres().await;
    let mut plan = Plan::new();
    plan.step("users", 1_000, |row| match row.index() {
        777 => User::factory().username("user5"),
        _ => User::factory(),
    });
    let failure = plan.run(&mut db, &Options::new().chunk(100), &mut ()).await.unwrap_err();
    let text = failure.to_string();
    let row =
        "step `users`: cannot insert User, row 777 of 1000 with id = 778, username = \"user5\", age = 777\n  because: ";
    assert!(text.starts_with(row) && text.contains("users_username_key"), "{text}");
    let rows: i64 = sqlx::query_scalar("select count(*) from users").fetch_one(&mut db).await.unwrap();
    assert_eq!(rows, 700);
}

#[tokio::test]
async fn what_a_copy_cannot_take_is_inserted() {
    // A view takes no COPY.
    let (_database, mut db) = postgres().await;
    let view = "alter table users rename to people; create view users as select * from people";
    sqlx::raw_sql(view).execute(&mut db).await.unwrap();
    let mut plan = Plan::new();
    plan.step("users", 50, |_| User::factory());
    let summary = plan.run(&mut db, &Options::new(), &mut ()).await.unwrap();
    assert_eq!((summary.written(), summary.steps[0].way), (50, "insert"));
}
