//! Why Diesel's statements fail, as far as it tells.

use crate::persist::sql::engine::Fault;
use ::diesel::result::{DatabaseErrorKind, Error};

/// What the databases say, of which Diesel makes no kind, where no value is at fault.
const BUSY: [&str; 11] = [
    // SQLite.
    "database is locked",
    "database table is locked",
    "interrupted",
    "readonly database",
    "disk is full",
    "disk I/O error",
    // Postgres: a lock, a timeout, an operator.
    "deadlock detected",
    "canceling statement",
    // MySQL and MariaDB: the first one has ended the transaction.
    "Deadlock found",
    "Lock wait timeout",
    "Record has changed since last read",
];

/// What the servers and the libraries say of a connection that is lost, of which Diesel makes no kind.
const LOST: [&str; 8] = [
    "terminating connection",
    "Lost connection",
    "gone away",
    "Connection was killed",
    "Server shutdown",
    "Input/output error",
    "Connection to the server is closed",
    "connection closed",
];

/// Why a statement was refused.
pub fn fault(error: &Error) -> Fault {
    match error {
        Error::DatabaseError(kind, about) => match kind {
            DatabaseErrorKind::UniqueViolation
            | DatabaseErrorKind::ForeignKeyViolation
            | DatabaseErrorKind::RestrictViolation
            | DatabaseErrorKind::NotNullViolation
            | DatabaseErrorKind::CheckViolation
            | DatabaseErrorKind::ExclusionViolation => Fault::Values,
            DatabaseErrorKind::UnableToSendCommand
            | DatabaseErrorKind::SerializationFailure
            | DatabaseErrorKind::ReadOnlyTransaction
            | DatabaseErrorKind::ClosedConnection => Fault::Other,
            _ if BUSY.iter().chain(&LOST).any(|text| about.message().contains(text)) => Fault::Other,
            _ => Fault::Unclear,
        },
        Error::SerializationError(_) | Error::InvalidCString(_) => Fault::Values,
        _ => Fault::Other,
    }
}

/// Whether the connection was lost.
pub fn is_lost(error: &Error) -> bool {
    match error {
        Error::DatabaseError(DatabaseErrorKind::UnableToSendCommand | DatabaseErrorKind::ClosedConnection, _) => true,
        Error::DatabaseError(_, about) => LOST.iter().any(|text| about.message().contains(text)),
        Error::RollbackErrorOnCommit { commit_error, .. } => is_lost(commit_error),
        _ => false,
    }
}

/// Whether the database has refused something, for a reason of which Diesel makes no kind.
pub fn is_refused(done: &::diesel::QueryResult<()>) -> bool {
    matches!(done, Err(error) if fault(error) == Fault::Unclear)
}

/// Whether a transaction could not be opened because one was opened by SQL text, unknown to Diesel: only SQLite says so.
pub fn is_open_already(error: &Error) -> bool {
    matches!(error, Error::DatabaseError(_, about) if about.message().contains("within a transaction"))
}
