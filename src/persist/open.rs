//! Backends whose connections can be opened by a URL. Knows no connection: each backend says how.

use super::sql::engine::Engine;
use super::{BoxFuture, Db, start};
use crate::error::BoxError;

/// A database that is reached through a library by its URL.
pub trait Opens: Engine {
    /// A connection.
    type Owned: Send + 'static;

    /// Which database it is, as the first part of its URLs says: `"sqlite"`, `"postgres"` or `"mysql"`.
    const KIND: &'static str;

    /// The library, as its features are called: `"sqlx"`.
    const LIBRARY: &'static str;

    /// Opens a connection.
    fn open(url: &str) -> BoxFuture<'_, Result<Self::Owned, BoxError>>;

    /// The connection for a while.
    fn lend(owned: &mut Self::Owned) -> Db<'_, Self>;

    /// Rolls back where nobody can wait for it: whoever began has been dropped.
    fn abandon(owned: &mut Self::Owned) {
        start(Self::say(Self::lend(owned), "rollback".to_owned()));
    }
}

/// A connection that a plan of seeding can be carried out on.
#[diagnostic::on_unimplemented(
    message = "a plan cannot be carried out on `{Self}`",
    label = "not a connection of an enabled database",
    note = "pass a connection: `&mut *pool.acquire().await?` of sqlx, a connection of Diesel or diesel-async"
)]
pub trait Opened: Send + Sized + 'static {
    /// The backend behind it.
    type Backend: Opens<Owned = Self>;
}

/// Something that is to be done for a backend whose type is known only here.
pub trait Visitor {
    /// Does it.
    fn visit<B: Opens>(&mut self);
}
