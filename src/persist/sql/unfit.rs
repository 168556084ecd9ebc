//! Values that a database does not store, whatever the table: says so where its own words do not. Knows no statement.

use crate::error::Error;
use crate::persist::Record;
use crate::persist::values::{Oddity, Shown};
use std::error::Error as _;

/// Why a database refuses an odd value, when it has told this of a row that has one in the column of this name; ends with
/// what to do to the attribute.
pub(super) type Unfit = fn(Oddity, &str, &str) -> Option<&'static str>;

/// An error of a row with these values, which says so where one of them is why. `name` is what the database calls a
/// column.
pub(super) fn explained<F: Record>(
    error: Error,
    values: &[(&'static str, Shown)],
    name: impl Fn(&'static str) -> &'static str,
    unfit: Unfit,
) -> Error {
    let told = error.source().map(ToString::to_string).unwrap_or_default();
    let why = values.iter().find_map(|(column, shown)| {
        let why = unfit(shown.oddity()?, &told, name(column))?;
        Some((F::attribute(column), why))
    });
    match why {
        Some((attribute, why)) => error.attribute(attribute).explained(format!("{why} `{attribute}`")),
        None => error,
    }
}
