//! Values that a database does not store, whatever the table: says so where its own words do not. Knows no statement.

use super::drafts::Form;
use crate::error::Error;
use crate::persist::values::{Oddity, Shown};
use std::error::Error as _;

/// Why a database refuses an odd value, when it has told this of a row that has one in the column of this name; ends with
/// what to do to the attribute.
pub(super) type Unfit = fn(Oddity, &str, &str) -> Option<&'static str>;

/// An error of a row with these values, which says so where one of them is why.
pub(super) fn explained(form: Form, error: Error, values: &[(&'static str, Shown)], unfit: Unfit) -> Error {
    let told = error.source().map(ToString::to_string).unwrap_or_default();
    let name = |column| form.columns.iter().find(|one| one.name == column).map_or(column, form.sql_name);
    let why = values.iter().find_map(|(column, shown)| {
        let why = unfit(shown.oddity()?, &told, name(*column))?;
        Some(((form.attribute)(column), why))
    });
    match why {
        Some((attribute, why)) => error.attribute(attribute).explained(format!("{why} `{attribute}`")),
        None => error,
    }
}
