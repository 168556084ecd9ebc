//! JSON in columns: of a shape that serde knows, by sqlx's own wrapper or by serde alone, and of none; as in Windmill,
//! hyperswitch, and wherever settings are kept.

use super::databases::{pg_rows, postgres};
use manufactory::{Auto, Factory};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sqlx::types::Json;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Preferences {
    dark_mode: bool,
    page_size: Option<u16>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, Auto)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum Trigger {
    Manual,
    Cron { schedule: String },
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "flows", on(sqlx, postgres))]
struct Flow {
    #[factory(key)]
    id: i64,
    #[factory(json, default)]
    preferences: Preferences,
    #[factory(json)]
    trigger: Trigger,
    #[factory(value(Json(Preferences { dark_mode: true, page_size: Some(50) })))]
    defaults: Json<Preferences>,
    #[factory(json)]
    fallback: Option<Trigger>,
    #[factory(lazy(|n| json!({ "steps": [{ "id": n }] })))]
    definition: Value,
    #[factory(json)]
    env: BTreeMap<String, String>,
    args: Option<Json<Vec<Value>>>,
}

#[tokio::test]
async fn shapes_that_serde_knows_and_any_other() {
    let (db, _database) = postgres(
        "create table flows (id bigserial primary key, preferences jsonb not null, trigger jsonb not null,
                             defaults jsonb not null, fallback jsonb, definition json not null, env jsonb not null, args jsonb)",
    )
    .await;
    let _session = manufactory::Session::seeded(1).enter();
    let flow = Flow::factory().create(&db).await.unwrap();
    assert_eq!((flow.preferences, flow.trigger, flow.fallback), (Preferences::default(), Trigger::Manual, None));
    let cron = Trigger::Cron { schedule: "@daily".into() };
    let flows = Flow::factory().trigger(cron.clone()).fallback(cron).args(Json(vec![json!(1)])).create_batch(&db, 2);
    assert!(flows.await.unwrap()[1].args.as_ref().is_some_and(|args| args.0 == [json!(1)]));
    let found = "select concat_ws(' ', preferences->>'darkMode', trigger->>'kind', defaults->>'pageSize', definition#>>'{steps,0,id}')
                 from flows where fallback is null";
    assert_eq!(pg_rows(&db, found).await, ["false manual 50 0"]);
    assert_eq!(pg_rows(&db, "select fallback->>'schedule' from flows where args @> '[1]'").await, ["@daily", "@daily"]);
}
