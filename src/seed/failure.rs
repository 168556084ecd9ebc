//! What can go wrong with a plan, in kinds that a program can tell apart.

use super::course::Faults;
use crate::error::{BoxError, Error};
use std::fmt;

/// Why a plan could not be carried out.
///
/// ```
/// use manufactory::seed::{Failure, Options, Plan};
///
/// let why = Plan::new().sample(&Options::new(), "users", 1).unwrap_err();
/// assert!(matches!(why, Failure::Plan(_))); // there is no such step
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Failure {
    /// The plan, or what was said of it, makes no sense.
    Plan(BoxError),
    /// The database is not as the plan wants it: a table or a column is missing.
    Schema(BoxError),
    /// An earlier run has begun with another plan, seed or number of shards.
    Changed(BoxError),
    /// A row could not be made or written.
    Row {
        /// The name of the step.
        step: String,
        /// What failed, on which row, with which values.
        error: Error,
    },
    /// The database has failed: it cannot be reached, is full, or has gone away.
    Database(BoxError),
    /// A file cannot be written.
    File(BoxError),
    /// It is not safe to go on without being asked to.
    Refused(BoxError),
}

impl Failure {
    /// What a program that fails with this exits with: 2 for a plan that makes no sense, 3 for a schema, 4 for another plan
    /// than before, 5 for a row, 6 for the database, 7 where it was refused, 8 for a file.
    ///
    /// ```
    /// use manufactory::seed::Failure;
    ///
    /// assert_eq!(Failure::Refused("this is production".into()).exit_code(), 7);
    /// ```
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Plan(_) => 2,
            Self::Schema(_) => 3,
            Self::Changed(_) => 4,
            Self::Row { .. } => 5,
            Self::Database(_) => 6,
            Self::Refused(_) => 7,
            Self::File(_) => 8,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan(why) | Self::Changed(why) | Self::Refused(why) => why.fmt(f),
            Self::Schema(why) => write!(f, "the schema does not match the plan: {why}"),
            Self::Row { step, error } => write!(f, "step `{step}`: {error:?}"),
            Self::File(why) => write!(f, "cannot write {why}"),
            Self::Database(why) => write!(f, "the database has failed: {why}"),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Row { error, .. } => std::error::Error::source(error),
            _ => None,
        }
    }
}

impl From<Faults> for Failure {
    fn from(faults: Faults) -> Self {
        Self::Plan(faults.into())
    }
}
