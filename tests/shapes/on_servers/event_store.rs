//! Events of which each has a number within its aggregate, a type and a payload, and that nobody changes afterwards; as
//! in event-sourced services, in audit logs, and in Penumbra's and Windmill's histories.

use super::databases::{pg_rows, postgres};
use manufactory::Factory;
use serde_json::{Value, json};
use uuid::Uuid;

/// The number is given by the caller, in the order of a history.
#[derive(Debug, Clone, Factory)]
#[factory(table = "events", on(sqlx, postgres))]
#[factory(preset(opened: kind = value("opened"), payload = value(json!({ "balance": 0 }))))]
struct Event {
    #[factory(key)]
    position: i64,
    aggregate_id: Uuid,
    #[factory(value(1))]
    version: i32,
    #[factory(column = "type", value("deposited"))]
    kind: String,
    #[factory(lazy(|version| json!({ "amount": 10 * version })))]
    payload: Value,
    #[factory(lazy(|aggregate_id| Some(json!({ "correlation": aggregate_id.to_string() }))))]
    metadata: Option<Value>,
}

/// A whole history of one account.
async fn history(db: &sqlx::PgPool, events: usize) -> manufactory::Result<Vec<Event>> {
    let account = Uuid::from_u128(7);
    let event = Event::factory().aggregate_id(account).times(events);
    let event =
        event.each(|i, event| if i == 0 { event.opened() } else { event.version(i32::try_from(i).unwrap() + 1) });
    event.create(db).await
}

#[tokio::test]
async fn a_history_in_order() {
    let (db, _database) = postgres(
        "create table events (position bigint generated always as identity primary key, aggregate_id uuid not null,
                              version int not null, type text not null, payload jsonb not null, metadata jsonb,
                              unique (aggregate_id, version));
         create rule events_stay as on update to events do instead nothing",
    )
    .await;
    let events = history(&db, 3).await.unwrap();
    assert!(events.is_sorted_by_key(|event| (event.position, event.version)));
    let found = "select type || ' ' || payload::text from events order by aggregate_id, version";
    assert_eq!(
        pg_rows(&db, found).await,
        [r#"opened {"balance": 0}"#, r#"deposited {"amount": 20}"#, r#"deposited {"amount": 30}"#]
    );
    let error = history(&db, 2).await.unwrap_err();
    assert_eq!(error.row(), Some((0, 2)), "{error:?}");
    Event::factory().create_batch(&db, 2).await.unwrap();
    assert_eq!(pg_rows(&db, "select count(*) || ' of ' || count(distinct aggregate_id) from events").await, ["5 of 3"]);
}
