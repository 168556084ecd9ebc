//! SQL: the statements that write rows and read them back, for each dialect, through any library that runs text with
//! values. Knows columns and keys, not how values come about.

pub(super) mod alone;
mod drafts;
pub mod engine;
mod find;
mod group;
mod names;

#[cfg(feature = "_mysql")]
pub(super) mod mysql;
#[cfg(feature = "_postgres")]
pub(super) mod postgres;
#[cfg(feature = "_sqlite")]
pub(super) mod sqlite;
