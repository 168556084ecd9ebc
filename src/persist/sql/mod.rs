//! SQL: the statements that write rows and read them back, for each dialect, through any library that runs text with
//! values. Knows columns and keys, not how values come about.

#[cfg(any(feature = "_sqlite", feature = "_postgres", feature = "_mysql"))]
pub(super) mod alone;
#[cfg(any(feature = "_sqlite", feature = "_postgres", feature = "_mysql"))]
mod batch;
#[cfg_attr(not(any(feature = "_sqlite", feature = "_postgres", feature = "_mysql")), allow(dead_code, unused_imports))]
pub mod drafts;
pub mod engine;
#[cfg(any(feature = "_sqlite", feature = "_postgres", feature = "_mysql"))]
mod find;
#[cfg_attr(not(any(feature = "_sqlite", feature = "_postgres", feature = "_mysql")), allow(dead_code, unused_imports))]
mod group;
#[cfg(any(feature = "_sqlite", feature = "_postgres", feature = "_mysql"))]
mod names;
pub(crate) mod quotes;
#[cfg_attr(not(any(feature = "_sqlite", feature = "_postgres", feature = "_mysql")), allow(dead_code, unused_imports))]
mod unfit;

#[cfg(feature = "_mysql")]
pub(super) mod mysql;
#[cfg(feature = "_postgres")]
pub(super) mod postgres;
#[cfg(feature = "_sqlite")]
pub(super) mod sqlite;

#[cfg(any(feature = "_sqlite", feature = "_postgres", feature = "_mysql"))]
pub(super) use batch::{find_batch, insert_batch};
