//! Enums that are types of Postgres, in a schema of their own, optional and as the database's default; as in Windmill,
//! Lemmy and Penumbra's explorers.

use super::databases::{pg_rows, postgres};
use manufactory::{Auto, Factory};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Auto, sqlx::Type)]
#[sqlx(type_name = "jobs.status", rename_all = "snake_case")]
enum Status {
    Queued,
    InProgress,
    Done,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "jobs.job", on(sqlx, postgres), preset(done: status = value(Status::Done), result = value(Some(Status::Done))))]
struct Job {
    #[factory(key)]
    id: i64,
    status: Status,
    result: Option<Status>,
    #[factory(database)]
    next: Status,
}

#[tokio::test]
async fn types_of_the_database() {
    let (db, _database) = postgres(
        "create schema jobs;
         create type jobs.status as enum ('queued', 'in_progress', 'done');
         create table jobs.job (id bigint generated always as identity primary key, status jobs.status not null,
                                result jobs.status, next jobs.status not null default 'in_progress')",
    )
    .await;
    let job = Job::factory().create(&db).await.unwrap();
    assert_eq!((job.status, job.result, job.next), (Status::Queued, None, Status::InProgress));
    Job::factory().done().create_batch(&db, 2).await.unwrap();
    let found = pg_rows(&db, "select concat_ws(' ', status, result, next) from jobs.job order by id").await;
    assert_eq!(found, ["queued in_progress", "done done in_progress", "done done in_progress"]);
    let all = manufactory::create_all(&db, JobFactory::coverage()).await.unwrap();
    assert!(all.iter().any(|job| job.status == Status::InProgress));
}
