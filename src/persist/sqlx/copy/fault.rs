//! Which row of a COPY an error of the server is about. Knows how Postgres words that, and no SQL.

use super::plan::CopyPlan;
use crate::error::{Error, Stage};
use crate::persist::{Record, unless_secret};
use ::sqlx::error::DatabaseError;
use ::sqlx::postgres::PgDatabaseError;
use std::fmt;

/// Why the rows of a COPY were not taken.
#[derive(Debug)]
pub struct Refused {
    error: ::sqlx::Error,
    row: Option<usize>,
    column: Option<&'static str>,
}

impl Refused {
    pub(super) fn of(plan: &CopyPlan, error: ::sqlx::Error) -> Self {
        let told = error.as_database_error().and_then(<dyn DatabaseError>::try_downcast_ref::<PgDatabaseError>);
        let context = told.and_then(PgDatabaseError::r#where).and_then(|text| context(text, plan.table()));
        let (row, rest) = context.map_or((None, ""), |(line, rest)| (line.checked_sub(1), rest));
        let named = told.and_then(PgDatabaseError::column);
        let places = plan.places();
        let columns = places.iter().map(|place| place.column);
        let column =
            columns.filter(|column| named == Some(column) || is_last(rest, column)).max_by_key(|name| name.len());
        Self { error, row, column }
    }

    /// The row, counted from 0 within the COPY. `None` where no single one is to blame, or where the server does not tell:
    /// foreign keys are checked behind the last row.
    pub fn row(&self) -> Option<usize> {
        self.row
    }

    /// The error of a factory, for the refused draft of so many.
    pub fn about<F: Record>(self, draft: Option<&F>, rows: usize) -> Error {
        let Self { error, row, column } = self;
        let column = column.filter(|_| row.is_some());
        let error = match column {
            // The text of an error may show the value.
            Some(column) => Error::new(Stage::Insert, F::NAME, unless_secret::<F>(column, error.into()))
                .attribute(F::attribute(column)),
            None => Error::new(Stage::Insert, F::NAME, error),
        };
        match (row, draft) {
            (Some(row), Some(draft)) => error.at(row, rows).values(draft.describe()),
            (Some(row), None) => error.at(row, rows),
            (None, _) => error,
        }
    }

    /// The same for whoever has all drafts at hand.
    pub fn among<F: Record>(self, drafts: &[F]) -> Error {
        let draft = self.row.and_then(|row| drafts.get(row));
        self.about(draft, drafts.len())
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.error)
    }
}

impl std::error::Error for Refused {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.error)
    }
}

/// The line, and what follows it, of `COPY users, line 3, column email`, which may stand below the lines of a trigger. Its
/// words may be of any language.
fn context<'t>(text: &'t str, table: &str) -> Option<(usize, &'t str)> {
    let line = text.lines().rfind(|line| line.contains("COPY"))?;
    let behind = line.find(table).map_or(line, |place| &line[place + table.len()..]);
    let digits = behind.find(|c: char| c.is_ascii_digit())?;
    let number = &behind[digits..];
    let end = number.find(|c: char| !c.is_ascii_digit()).unwrap_or(number.len());
    let (number, rest) = number.split_at(end);
    Some((number.parse().ok()?, rest))
}

/// Whether a text ends with a name as a word of its own.
fn is_last(text: &str, name: &str) -> bool {
    text.strip_suffix(name).is_some_and(|before| before.ends_with(char::is_whitespace))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_is_read_in_any_language() {
        assert_eq!(context("COPY users, line 3", "users"), Some((3, "")));
        assert_eq!(context("COPY users, Zeile 12, Spalte email", "users"), Some((12, ", Spalte email")));
        assert_eq!(context("COPY users2024, line 7", "users2024"), Some((7, "")));
        let trigger = "PL/pgSQL function f() line 4 at RAISE\nCOPY a, line 9, line 2, column b";
        assert_eq!(context(trigger, "a, line 9"), Some((2, ", column b")));
        assert_eq!(context("SQL statement \"SELECT 1\"", "users"), None);
        assert_eq!(context("COPY users", "users"), None);
    }

    #[test]
    fn the_column_is_a_word_of_its_own() {
        assert!(is_last(", column email", "email"));
        assert!(!is_last(", column email", "mail") && !is_last("", "mail"));
    }
}
