//! Whether the values of a row are to blame for an error, by the codes of the databases. Knows no statement.

use crate::persist::sql::engine::{Fault, ends_connection};
use ::sea_orm::sqlx::error::DatabaseError;
use ::sea_orm::{DbErr, RuntimeErr, sqlx};

/// Who is to blame.
pub(super) fn fault(error: &DbErr) -> Fault {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => match &**error {
            sqlx::Error::Database(error) => of_database(&**error),
            sqlx::Error::Encode(_) => Fault::Values,
            _ => Fault::Other,
        },
        DbErr::TryIntoErr { .. } | DbErr::Type(_) | DbErr::Json(_) => Fault::Values,
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => Fault::Other,
        _ => Fault::Unclear,
    }
}

/// Whether the connection was lost: either the library says so, or the server, which ends it.
pub(super) fn is_lost(error: &DbErr) -> bool {
    let (DbErr::Exec(RuntimeErr::SqlxError(error))
    | DbErr::Query(RuntimeErr::SqlxError(error))
    | DbErr::Conn(RuntimeErr::SqlxError(error))) = error
    else {
        return false;
    };
    match &**error {
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::Tls(_) | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(error) => error.code().is_some_and(|code| ends_connection(&code)),
        _ => false,
    }
}

/// The drivers' own types of error would need features that are the user's to choose. What they say is different enough:
/// a SQLSTATE has five characters, and a code of SQLite's never so many; only MySQL puts a number before it.
fn of_database(error: &dyn DatabaseError) -> Fault {
    let Some(code) = error.code() else {
        return Fault::Unclear;
    };
    match (mysql_number(&error.to_string(), &code), code.parse()) {
        (Some(number), _) => of_mysql(number, &code),
        (None, Ok(code)) if code < 10_000 => of_sqlite(code),
        (None, _) => of_state(&code),
    }
}

/// The number of `1062 (23000): Duplicate entry ..`.
fn mysql_number(text: &str, code: &str) -> Option<u16> {
    let (number, rest) = text.split_once(" (")?;
    rest.strip_prefix(code)?.strip_prefix("): ")?;
    number.parse().ok()
}

fn of_sqlite(code: u32) -> Fault {
    match code & 0xff {
        // Too big, a constraint, a mismatch of types.
        18..=20 => Fault::Values,
        // Anything: a table that is not there, or what a function makes of a value.
        1 => Fault::Unclear,
        // Busy, full, interrupted, read-only ..
        _ => Fault::Other,
    }
}

fn of_state(code: &str) -> Fault {
    match code.get(..2) {
        // Data, constraints, the check of a view, and what a trigger raises.
        Some("22" | "23" | "44" | "P0") => Fault::Values,
        // The connection, transactions, the statement itself, resources, locks, an operator.
        Some("08" | "25" | "40" | "42" | "53" | "55" | "57") => Fault::Other,
        _ => Fault::Unclear,
    }
}

fn of_mysql(number: u16, code: &str) -> Fault {
    match number {
        // A value that does not fit its column: truncated, of a wrong form, too long; a check; what a trigger signals.
        1265 | 1366 | 1367 | 1406 | 1411 | 1525 | 1644 | 3140 | 3819 => Fault::Values,
        // A column without a default that got no value: that is how the statement was written.
        1364 => Fault::Other,
        _ => match code.get(..2) {
            Some("22" | "23" | "44" | "45") => Fault::Values,
            _ => Fault::Other,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::{Fault, mysql_number, of_mysql, of_sqlite, of_state};

    #[test]
    fn codes_tell_who_is_to_blame() {
        assert_eq!((of_sqlite(2067), of_sqlite(1), of_sqlite(517)), (Fault::Values, Fault::Unclear, Fault::Other));
        assert_eq!(
            (of_state("23505"), of_state("22P02"), of_state("42P01")),
            (Fault::Values, Fault::Values, Fault::Other)
        );
        assert_eq!((of_mysql(1062, "23000"), of_mysql(1146, "42S02")), (Fault::Values, Fault::Other));
        assert_eq!((of_mysql(4025, "23000"), of_mysql(1213, "40001")), (Fault::Values, Fault::Other));
    }

    #[test]
    fn only_mysql_has_numbers() {
        assert_eq!(mysql_number("1062 (23000): Duplicate entry", "23000"), Some(1062));
        assert_eq!(mysql_number("UNIQUE constraint failed (code 2067)", "2067"), None);
        assert_eq!(mysql_number("12 (monkeys) are no circus", "P0001"), None);
    }
}
