//! Where rows go: what a backend is, what it is handed, and the backends there are. Knows columns and keys, not how
//! values come about.

mod backend;
mod call;
mod column;
mod convert;
mod expand;
mod json;
mod record;
mod rows;
mod store;
mod values;
mod work;

pub mod memory;

// What databases have in common, by dialect and by library.
#[cfg(feature = "sea-orm")]
pub mod sea_orm;
#[cfg(any(feature = "_sqlite", feature = "_postgres", feature = "_mysql"))]
pub mod sql;
#[cfg(feature = "_sqlx")]
pub mod sqlx;

// One line per database and library.
#[cfg(feature = "sqlx-mysql")]
#[path = "sqlx/mysql.rs"]
mod sqlx_mysql;
#[cfg(feature = "sqlx-postgres")]
#[path = "sqlx/postgres.rs"]
mod sqlx_postgres;
#[cfg(feature = "sqlx-sqlite")]
#[path = "sqlx/sqlite.rs"]
mod sqlx_sqlite;

pub use backend::{
    Backend, BoxFuture, Call, Create, Db, Finish, Handle, Hooking, Insert, Make, Making, Mobile, NeedsNoTable, Outcome,
    Persist, Seeking, Settling, Storing, Unstorable, settled,
};
pub(crate) use backend::{run, unused};
pub(crate) use call::{Depth, Part, Pools, RuleId, Spare, Tree, Watched, depth};
pub use call::{Keep, Kept, Ledger, Lose, Notes, Scope};
pub use column::{Described, Model, assign, put, take};
pub use convert::{As, Decoded, Encoded, Optional, assigned_as, put_as, take_as};
pub use json::{Json, JsonValue};
pub(crate) use record::unless_secret;
pub use record::{Column, Read, Record, Row, Sink, Source, StoredIn, Whole, WrittenTo, stored_in, written_to};
pub(crate) use rows::Frame;
pub use rows::{Brood, Complete, Made, Rows, Sought, Want};
pub use store::{Batch, Search, Store, Stores};
pub(crate) use values::short;
pub use values::{Overlay, Value, Values, integer_as};
pub use work::Work;
pub(crate) use work::{Caught, text_of};

/// What the macros of the backends name.
#[doc(hidden)]
pub mod private {
    #[cfg(any(feature = "_sqlite", feature = "_postgres", feature = "_mysql"))]
    pub use super::sql::engine::Engine;
    #[cfg(feature = "sea-orm")]
    pub use ::sea_orm;
    #[cfg(feature = "_sqlx")]
    pub use ::sqlx;
}

// One macro per backend that may be missing: the one that the derive calls then writes nothing.
#[cfg(not(feature = "sqlx-sqlite"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_sqlx_sqlite {
    ($($factory:tt)*) => {};
}
#[cfg(not(feature = "sqlx-postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_sqlx_postgres {
    ($($factory:tt)*) => {};
}
#[cfg(not(feature = "sqlx-mysql"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_sqlx_mysql {
    ($($factory:tt)*) => {};
}
#[cfg(not(feature = "sea-orm"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __active_model {
    ($($columns:tt)*) => {};
}
#[cfg(not(feature = "sea-orm"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_sea_orm {
    ($($factory:tt)*) => {};
}
