//! Where rows go: what a backend is, what it is handed, and the backends there are. Knows columns and keys, not how
//! values come about.
//!
//! Users name what is here in code that is generic over databases, and in stores of their own:
//!
//! ```
//! use manufactory::persist::{Create, Handle};
//! use manufactory::{Factory, Memory};
//!
//! # #[derive(Debug, Clone, Factory)]
//! # #[factory(table = "users")]
//! # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
//! /// Three users, in whatever database.
//! fn three<'h, D>(db: D) -> D::Output<Vec<User>>
//! where
//!     D: Handle<'h>,
//!     UserFactory: Create<D::Backend>,
//! {
//!     User::factory().create_batch(db, 3)
//! }
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! assert_eq!(three(&mut Memory::new()).await?.len(), 3);
//! # Ok::<(), manufactory::Error>(())
//! # }).unwrap();
//! ```

mod backend;
mod call;
mod column;
mod convert;
mod errand;
mod expand;
mod json;
mod record;
mod rows;
mod store;
pub(crate) mod values;
mod work;
#[cfg(feature = "seed")]
mod writer;

pub mod memory;

#[cfg(feature = "_sql")]
mod open;

// What databases have in common, by dialect and by library.
#[cfg(feature = "_diesel")]
#[doc(hidden)]
pub mod diesel;
#[cfg(feature = "sea-orm")]
#[doc(hidden)]
pub mod sea_orm;
#[cfg(feature = "_sql")]
#[doc(hidden)]
pub mod sql;
#[cfg(feature = "_sqlx")]
#[doc(hidden)]
pub mod sqlx;

// What several of the connections below have in common.
#[cfg(any(feature = "diesel-sqlite", feature = "diesel-postgres", feature = "diesel-mysql"))]
#[path = "diesel/blocking.rs"]
mod diesel_blocking;
#[cfg(any(feature = "diesel-sqlite", feature = "diesel-async-sqlite"))]
#[path = "diesel/value.rs"]
mod diesel_value;
#[cfg(feature = "_diesel-async")]
#[path = "diesel/waiting.rs"]
mod diesel_waiting;

// One line per database and library.
#[cfg(feature = "diesel-async-mysql")]
#[path = "diesel/async_mysql.rs"]
mod diesel_async_mysql;
#[cfg(feature = "diesel-async-postgres")]
#[path = "diesel/async_postgres.rs"]
mod diesel_async_postgres;
#[cfg(feature = "diesel-async-sqlite")]
#[path = "diesel/async_sqlite.rs"]
mod diesel_async_sqlite;
#[cfg(feature = "diesel-mysql")]
#[path = "diesel/mysql.rs"]
mod diesel_mysql;
#[cfg(feature = "diesel-postgres")]
#[path = "diesel/postgres.rs"]
mod diesel_postgres;
#[cfg(feature = "diesel-sqlite")]
#[path = "diesel/sqlite.rs"]
mod diesel_sqlite;
#[cfg(feature = "sqlx-mysql")]
#[path = "sqlx/mysql.rs"]
mod sqlx_mysql;
#[cfg(feature = "sqlx-postgres")]
#[path = "sqlx/postgres.rs"]
mod sqlx_postgres;
// Only seeding is in such a hurry.
#[cfg(all(feature = "seed", feature = "sqlx-postgres"))]
#[path = "sqlx/copy/mod.rs"]
#[doc(hidden)]
pub mod sqlx_copy;
#[cfg(feature = "sqlx-sqlite")]
#[path = "sqlx/sqlite.rs"]
mod sqlx_sqlite;

// What users hand in and write themselves.
pub use backend::{Backend, Create, Handle};
pub(crate) use backend::{models, unused};
pub(crate) use call::{Depth, Part, Pools, RuleId, Spare, Tree, Watched, depth};
pub(crate) use errand::Errand;
use errand::{Creating, Rehearsing};
#[cfg(feature = "_sql")]
#[doc(hidden)]
pub use open::{Opened, Opens, Visitor};
pub(crate) use record::unless_secret;
pub(crate) use rows::Frame;
#[cfg(feature = "seed")]
pub(crate) use store::Begun;
pub use store::{Batch, Search, Store, Stores};
#[cfg(feature = "seed")]
pub(crate) use values::common_as;
pub(crate) use values::short;
pub use values::{Value, Values};
#[cfg(feature = "_sql")]
pub(crate) use work::start;
pub(crate) use work::{Caught, text_of};
#[cfg(feature = "seed")]
pub(crate) use writer::{Chunk, Known, Writer};
#[cfg(feature = "seed")]
#[doc(hidden)]
pub use writer::{NoTarget, Target, Writers};

// Public for what the derive writes alone, as are the hidden ones above: it may change in any release.
#[doc(hidden)]
pub use self::{
    backend::{
        BoxFuture, Call, Db, Finish, Hooking, Insert, Make, Making, Mobile, NeedsNoTable, Outcome, Persist, Seeking,
        Settling, Storing, Unstorable, settled,
    },
    call::{Keep, Kept, Ledger, Lose, Notes, Scope},
    column::{Described, Model, assign, put, take},
    convert::{As, Decoded, Encoded, Optional, assigned_as, put_as, take_as},
    json::{Json, JsonValue},
    record::{Column, Read, Record, Row, Sink, Source, StoredIn, Whole, WrittenTo, stored_in, written_to},
    rows::{Brood, Complete, Made, Rows, Sought, Want},
    values::{Overlay, Shown, integer_as},
    work::Work,
};

/// Shows each backend that is enabled and can be opened, those first that are preferred.
#[cfg(feature = "seed")]
#[allow(unused_variables, clippy::needless_pass_by_ref_mut, reason = "without a database there is nothing to see")]
pub(crate) fn visit_all(visitor: &mut impl Visitor) {
    #[cfg(feature = "sqlx-sqlite")]
    visitor.visit::<::sqlx::Sqlite>();
    #[cfg(feature = "sqlx-postgres")]
    visitor.visit::<::sqlx::Postgres>();
    #[cfg(feature = "sqlx-mysql")]
    visitor.visit::<::sqlx::MySql>();
    #[cfg(feature = "diesel-async-postgres")]
    visitor.visit::<::diesel_async::AsyncPgConnection>();
    #[cfg(feature = "diesel-async-mysql")]
    visitor.visit::<::diesel_async::AsyncMysqlConnection>();
    #[cfg(feature = "diesel-sqlite")]
    visitor.visit::<::diesel::SqliteConnection>();
    #[cfg(feature = "diesel-postgres")]
    visitor.visit::<::diesel::PgConnection>();
    #[cfg(feature = "diesel-mysql")]
    visitor.visit::<::diesel::MysqlConnection>();
    #[cfg(feature = "diesel-async-sqlite")]
    visitor.visit::<::diesel_async::sync_connection_wrapper::SyncConnectionWrapper<::diesel::SqliteConnection>>();
}

/// What the macros of the backends name.
#[doc(hidden)]
pub mod private {
    #[cfg(feature = "_sql")]
    pub use super::sql::engine::Engine;
    #[cfg(feature = "sea-orm")]
    pub use ::sea_orm;
    #[cfg(feature = "_sqlx")]
    pub use ::sqlx;

    #[cfg(feature = "_diesel")]
    pub use super::diesel::private as typed;
    #[cfg(feature = "_diesel-async")]
    pub use ::diesel_async;
}

// One macro per backend that may be missing: the one that the derive calls then writes nothing.
#[cfg(not(feature = "_diesel"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __typed {
    ($($row:tt)*) => {};
}

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

#[cfg(not(feature = "diesel-sqlite"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_diesel_sqlite {
    ($($factory:tt)*) => {};
}

#[cfg(not(feature = "diesel-postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_diesel_postgres {
    ($($factory:tt)*) => {};
}

#[cfg(not(feature = "diesel-mysql"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_diesel_mysql {
    ($($factory:tt)*) => {};
}

#[cfg(not(feature = "diesel-async-sqlite"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_diesel_async_sqlite {
    ($($factory:tt)*) => {};
}

#[cfg(not(feature = "diesel-async-postgres"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_diesel_async_postgres {
    ($($factory:tt)*) => {};
}

#[cfg(not(feature = "diesel-async-mysql"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __persist_diesel_async_mysql {
    ($($factory:tt)*) => {};
}
