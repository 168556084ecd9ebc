//! Rows that are marked as deleted, and whose unique names may then be taken again: `deleted_at` and a partial index, as in
//! Lemmy, Windmill, vaultwarden.

use super::databases::{rows, sqlite};
use chrono::{DateTime, TimeDelta, Utc};
use manufactory::Factory;

#[derive(Debug, Clone, Factory)]
#[factory(table = "spaces", on(sqlx, sqlite))]
#[factory(preset(deleted: deleted_at = lazy(|now| Some(DateTime::<Utc>::from(now) - TimeDelta::days(1)))))]
struct Space {
    #[factory(key)]
    id: i64,
    #[factory(value("home"))]
    slug: String,
    deleted_at: Option<DateTime<Utc>>,
}

#[tokio::test]
async fn names_of_deleted_rows_are_free_again() {
    let db = sqlite(
        "create table spaces (id integer primary key, slug text not null, deleted_at text);
         create unique index space_slugs on spaces (slug) where deleted_at is null",
    )
    .await;
    let gone = Space::factory().deleted().create_batch(&db, 3).await.unwrap();
    assert!(gone.iter().all(|space| space.deleted_at.is_some_and(|at| at < Utc::now())));
    let space = Space::factory().create(&db).await.unwrap();
    assert_eq!(space.deleted_at, None);
    let error = Space::factory().create(&db).await.unwrap_err();
    assert!(error.to_string().contains("slug = \"home\""), "{error}");
    assert_eq!(rows(&db, "select id || '' from spaces where deleted_at is null").await, ["4"]);
    // A call takes it back.
    Space::factory().slug("other").deleted().deleted_at(None).create(&db).await.unwrap();
}
