//! Every backend keeps every promise; and what only some of them can do.

#![allow(dead_code, reason = "models are created, not always read")]

#[cfg(feature = "_servers")]
mod alone;
#[cfg(feature = "_servers")]
mod batch_costs;
mod circles;
mod diesel_async_sqlite;
#[cfg(feature = "_servers")]
mod diesel_servers;
mod diesel_sqlite;
mod lint;
mod lists;
mod memory;
mod profile;
mod relations;
mod sea_orm;
mod servers;
mod shapes;
#[cfg(feature = "_servers")]
mod sqlx_mysql;
#[cfg(feature = "_servers")]
mod sqlx_postgres;
mod sqlx_sqlite;
mod store;
#[cfg(feature = "_servers")]
#[allow(dead_code, reason = "the faults are another suite's")]
mod wire;
