//! The databases, each through each library: what rows are created in, and how the library itself reads them.

pub(crate) mod diesel;
pub(crate) mod diesel_async;
mod memory;
pub(crate) mod sea_orm;
pub(crate) mod sqlx;

pub(crate) use memory::InMemory;

use crate::limits::Limits;
use manufactory::Handle;
use manufactory::persist::Backend;

/// A database of a test's own, through one library.
pub(crate) trait Place {
    /// What the library stores through.
    type Backend: Backend;

    /// What the database can hold.
    const LIMITS: &'static Limits;

    /// What `create` gets.
    fn handle(&mut self) -> impl Handle<'_, Backend = Self::Backend>;

    /// Runs statements that nothing comes back from.
    async fn say(&mut self, sql: &str);
}

/// A place whose library reads models by itself.
pub(crate) trait Reads<M>: Place {
    /// All rows of a table, in the order of their keys.
    async fn read(&mut self, sql: &str) -> Vec<M>;
}
