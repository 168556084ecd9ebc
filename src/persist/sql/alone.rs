//! What is around a row that is made by one statement alone. Knows no library and no dialect.

use crate::error::{BoxError, Error};
use crate::persist::{Backend, Errand};
use std::error::Error as StdError;

/// What a database takes around a single row, of which nothing else follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(dead_code, reason = "each database is one of them")]
pub(in crate::persist) enum Alone {
    /// The same as around any others: it costs no way to a server.
    Ordinary,
    /// Nothing outside of a transaction, and in one a savepoint: a statement that fails takes the transaction along.
    Marked,
    /// Nothing: a statement that fails leaves a transaction as it was.
    Bare,
}

impl Alone {
    /// Whether this is a row that is made in another way than any others.
    #[allow(dead_code, reason = "SeaORM has no such rows")]
    pub(in crate::persist) fn is_for<B: Backend>(self, errand: &dyn Errand<B>) -> bool {
        match self {
            Self::Ordinary => false,
            // The row comes back behind its key, whatever that is.
            Self::Marked => errand.is_alone(),
            Self::Bare => errand.is_alone() && errand.have_keys(),
        }
    }
}

/// What an error comes from in the end.
#[allow(dead_code, reason = "SQLite leaves nothing")]
fn root(error: &(dyn StdError + 'static)) -> String {
    error.source().map_or_else(|| error.to_string(), root)
}

/// The error of a row that was written and could not be read, when it was to be deleted: how many rows were.
#[allow(dead_code, reason = "SQLite leaves nothing")]
pub(super) fn taken_back<E: Into<BoxError>>(error: Error, deleted: Result<u64, E>) -> Error {
    let why = match deleted {
        Ok(1..) => return error,
        Ok(0) => "nothing there has its key".to_owned(),
        Err(why) => root(&*why.into()),
    };
    error.explained(format!("its row may have stayed in the table, from which it could not be deleted: {why}"))
}
