//! Ids that are made by the application and sort by their time, of the session's clock: version 7 of UUIDs, as in Atuin and
//! most services of recent years.

use super::databases::{rows, sqlite};
use manufactory::{Factory, Session};
use rand::RngExt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use uuid::{Builder, Uuid};

/// What `Uuid::now_v7()` gives, at another time and without its randomness.
fn v7(at: impl Into<SystemTime>, random: [u8; 10]) -> Uuid {
    let millis = at.into().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    Builder::from_unix_timestamp_millis(u64::try_from(millis).unwrap(), &random).into_uuid()
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "records", on(sqlx, sqlite), param(age: Duration = value(Duration::ZERO)))]
struct Record {
    #[factory(key, lazy(|now, age, rng| v7(now - *age, rng.random())))]
    id: Uuid,
    #[factory(sub_factory(RecordFactory, optional))]
    parent_id: Option<Uuid>,
}

#[tokio::test]
async fn ids_sort_by_time_and_are_the_same_on_every_run() {
    let db = sqlite("create table records (id blob primary key, parent_id blob references records)").await;
    let instant = UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    let _session = Session::seeded(1).at(instant).enter();
    let old = Record::factory().age(Duration::from_secs(60)).create(&db).await.unwrap();
    let records = Record::factory().parent(&old).create_batch(&db, 3).await.unwrap();
    assert!(records.iter().all(|record| record.id.get_version_num() == 7 && record.parent_id == Some(old.id)));
    let oldest = rows(&db, "select hex(substr(id, 1, 6)) from records order by id").await;
    assert_eq!(oldest[..2], ["018BCFE47DA0", "018BCFE56800"]);
    assert_ne!(records[0].id, records[1].id);
}
