//! Parents that may be missing, several to the same table, which goes to NULL when they go: assignees and reviewers, as in
//! trackers and cargo's registry.

use super::databases::{rows, sqlite};
use manufactory::Factory;

#[derive(Debug, Clone, Factory)]
#[factory(table = "users", on(sqlx, sqlite))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}"))]
    login: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "issues", on(sqlx, sqlite), preset(assigned: assignee = sub_factory(UserFactory)))]
struct Issue {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    reporter_id: i64,
    #[factory(sub_factory(UserFactory, optional))]
    assignee_id: Option<i64>,
    #[factory(sub_factory(UserFactory, optional, name = closer, key = id))]
    closed_by: Option<i64>,
}

#[tokio::test]
async fn nobody_is_made_unless_asked_for() {
    let db = sqlite(
        "create table users (id integer primary key, login text not null unique);
         create table issues (id integer primary key, reporter_id integer not null references users,
                              assignee_id integer references users on delete set null, closed_by integer references users)",
    )
    .await;
    let issue = Issue::factory().create(&db).await.unwrap();
    assert_eq!((issue.assignee_id, issue.closed_by), (None, None));
    let ada = User::factory().login("ada").create(&db).await.unwrap();
    let issues = Issue::factory().reporter(&ada).assigned().closer(&ada).create_batch(&db, 2).await.unwrap();
    assert!(issues.iter().all(|issue| issue.assignee_id.is_some() && issue.closed_by == Some(ada.id)));
    Issue::factory().assigned().without_assignee().reporter_id(ada.id).assignee_id(None).create(&db).await.unwrap();
    let found = "select reporter_id || ',' || ifnull(assignee_id, '') || ',' || ifnull(closed_by, '') from issues";
    assert_eq!(rows(&db, found).await, ["1,,", "2,3,2", "2,4,2", "2,,"]);
}
