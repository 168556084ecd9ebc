//! Every backend keeps every promise; and what only some of them can do.

#![allow(dead_code, reason = "models are created, not always read")]

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
mod seed;
mod servers;
mod shapes;
#[cfg(feature = "_servers")]
mod sqlx_mysql;
#[cfg(feature = "_servers")]
mod sqlx_postgres;
mod sqlx_sqlite;
mod store;
