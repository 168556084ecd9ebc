//! Dates, times, UUIDs and JSON, which sqlx and SeaORM know in every database.

use crate::rows::rows;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use manufactory::Factory;
use serde_json::Value;
use uuid::Uuid;

rows! {
    #[derive(Debug, Clone, Factory, sqlx::FromRow, sea_orm::FromQueryResult)]
    #[factory(table = "dated")]
    struct Dated by DatedFactory in "dated" {
        day: NaiveDate,
        hour: NaiveTime,
        at: NaiveDateTime,
        moment: DateTime<Utc>,
        uuid: Uuid,
        data: Value,
        day_or: Option<NaiveDate>,
        hour_or: Option<NaiveTime>,
        at_or: Option<NaiveDateTime>,
        moment_or: Option<DateTime<Utc>>,
        uuid_or: Option<Uuid>,
    }
}

fn table(key: &str, types: [&str; 5], json: &str) -> String {
    let columns = ["day", "hour", "at", "moment", "uuid"].iter().zip(types);
    let columns = columns.map(|(name, ty)| format!(", {name} {ty} not null, {name}_or {ty} null"));
    format!("create table dated (id {key} primary key, data {json} not null{})", columns.collect::<String>())
}

pub(super) fn sqlite() -> String {
    table("integer", ["date", "time", "datetime", "datetime", "blob"], "text")
}

#[cfg(feature = "_servers")]
pub(super) fn postgres() -> String {
    table("bigserial", ["date", "time", "timestamp", "timestamptz", "uuid"], "jsonb")
}

#[cfg(feature = "_servers")]
pub(super) fn mariadb() -> String {
    let types = ["date", "time(6)", "datetime(6)", "timestamp(6)", "binary(16)"];
    table("bigint auto_increment", types, "json")
}

super::every! { Dated: sqlx, sea_orm }
