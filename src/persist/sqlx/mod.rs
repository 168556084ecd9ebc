//! Rows through sqlx: what its databases have in common. Knows names, values and transactions; how rows are inserted
//! is each database's own matter.

mod binds;
mod fetched;
mod handle;
mod names;
mod sqlite;

pub use binds::Binds;
pub use fetched::Fetched;

use crate::persist::Backend;
use ::sqlx::{Database, Error};

type Connection<'c, DB> = &'c mut <DB as Database>::Connection;

/// What every database says in its own way.
trait Dialect: Database + for<'c> Backend<Connection<'c> = Connection<'c, Self>> {
    /// What stands around a name.
    const QUOTE: char;

    /// How many values one statement takes.
    const BINDS: usize;

    /// Opens a transaction that is going to write.
    const BEGIN: &'static str;

    /// Whether [`BEGIN`](Dialect::BEGIN) failed because a transaction was opened by SQL text, unknown to sqlx.
    fn is_open_already(error: &Error) -> bool;

    /// Opens the transactions again that sqlx knows of, if an error has ended them: it would count them as open for ever,
    /// in a pool too, because its own rollback would fail.
    fn reopen(db: Connection<'_, Self>) -> impl Future<Output = ()> + Send;

    /// Runs a statement without values.
    fn say(db: Connection<'_, Self>, sql: String) -> impl Future<Output = Result<(), Error>> + Send;
}
