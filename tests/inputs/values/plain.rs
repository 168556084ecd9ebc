//! The types that every library knows in every database.

use crate::rows::rows;
use manufactory::Factory;

mod schema {
    diesel::table! {
        plains (id) {
            id -> BigInt,
            small -> SmallInt,
            middle -> Integer,
            large -> BigInt,
            narrow -> Float,
            wide -> Double,
            flag -> Bool,
            words -> Text,
            bytes -> Binary,
            middle_or -> Nullable<Integer>,
            large_or -> Nullable<BigInt>,
            narrow_or -> Nullable<Float>,
            wide_or -> Nullable<Double>,
            flag_or -> Nullable<Bool>,
            words_or -> Nullable<Text>,
            bytes_or -> Nullable<Binary>,
        }
    }
}

rows! {
    #[derive(Debug, Clone, Factory, sqlx::FromRow, diesel::QueryableByName, sea_orm::FromQueryResult)]
    #[diesel(table_name = schema::plains)]
    #[factory(table = "plains", table = schema::plains)]
    struct Plain by PlainFactory in "plains" {
        small: i16,
        middle: i32,
        large: i64,
        narrow: f32,
        wide: f64,
        flag: bool,
        words: String,
        bytes: Vec<u8>,
        middle_or: Option<i32>,
        large_or: Option<i64>,
        narrow_or: Option<f32>,
        wide_or: Option<f64>,
        flag_or: Option<bool>,
        words_or: Option<String>,
        bytes_or: Option<Vec<u8>>,
    }
}

/// The table: all columns but the first are there twice, once as one that may be NULL.
fn table(key: &str, small: &str, types: [&str; 7]) -> String {
    let columns = ["middle", "large", "narrow", "wide", "flag", "words", "bytes"].iter().zip(types);
    let columns = columns.map(|(name, ty)| format!(", {name} {ty} not null, {name}_or {ty}"));
    format!("create table plains (id {key} primary key, small {small} not null{})", columns.collect::<String>())
}

pub(super) fn sqlite() -> String {
    table("integer", "integer", ["integer", "integer", "real", "real", "boolean", "text", "blob"])
}

#[cfg(feature = "_servers")]
pub(super) fn postgres() -> String {
    table("bigserial", "smallint", ["integer", "bigint", "real", "double precision", "boolean", "text", "bytea"])
}

#[cfg(feature = "_servers")]
pub(super) fn mariadb() -> String {
    table("bigint auto_increment", "smallint", ["int", "bigint", "float", "double", "bool", "longtext", "longblob"])
}

super::every! { Plain: sqlx, diesel, diesel_async, sea_orm }
