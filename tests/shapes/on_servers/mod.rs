//! Shapes that only a server stores: Postgres', and some of MariaDB's.

mod databases;
#[allow(dead_code, reason = "other suites ask for more")]
#[path = "../../backends/servers.rs"]
mod servers;

mod arrays;
mod citext;
mod comment_tree;
mod event_store;
mod filled_by_the_database;
mod full_text;
mod insert_structs;
mod ip_addresses;
mod json;
mod mariadb_numbers;
mod mariadb_uuids;
mod money;
mod native_enums;
mod schemas;
mod tenants;
mod timestamps;
