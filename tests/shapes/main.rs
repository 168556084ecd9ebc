//! Models of the shapes that large public Rust applications have, one small file each: every shape is created as rows of a
//! real database and looked at by plain SQL. The models are written for these tests; what they are called after is only
//! where such shapes are common.

#![allow(dead_code, reason = "models are created, not always read")]

mod databases;
#[cfg(feature = "_servers")]
mod on_servers;

mod blobs;
mod borrowed;
mod categories;
mod closure_table;
mod composite_keys;
mod counters;
mod embedded;
mod generic;
mod integer_enums;
mod join_table;
mod joined;
mod links_with_payload;
mod mirror;
mod newtype_ids;
mod one_of_many_keys;
mod optimistic_lock;
mod optional_keys;
mod polymorphic;
mod private_fields;
mod profile;
mod renamed;
mod reserved_words;
mod secrets;
mod soft_delete;
mod text_enums;
mod text_ids;
mod typed_ids;
mod unsigned;
mod uuid_v7;
mod variants_in_columns;
