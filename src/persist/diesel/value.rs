//! Values of SQLite, which carry their types with them.

use super::diesel::{Binds, bind_plainly};
use ::diesel::result::Error;
use ::diesel::row::{Field, Row};
use ::diesel::sql_types::{BigInt, Binary, Double, Text};
use ::diesel::sqlite::{Sqlite, SqliteType};

/// Binds a value that came back, as what it is there. `false` where it is NULL.
pub(super) fn copy<'a>(row: &impl Row<'a, Sqlite>, place: usize, binds: &mut Binds<'_, Sqlite>) -> Result<bool, Error> {
    let missing = || Error::DeserializationError("a row has fewer columns than were asked for".into());
    let field = row.get(place).ok_or_else(missing)?;
    let Some(mut value) = field.value() else { return Ok(false) };
    match value.value_type() {
        None => return Ok(false),
        Some(SqliteType::Binary) => bind_plainly::<Binary, _, _>(binds, value.read_blob().to_vec()),
        Some(SqliteType::Text) => bind_plainly::<Text, _, _>(binds, value.read_text().to_owned()),
        Some(SqliteType::Float | SqliteType::Double) => bind_plainly::<Double, _, _>(binds, value.read_double()),
        Some(SqliteType::SmallInt | SqliteType::Integer | SqliteType::Long) => {
            bind_plainly::<BigInt, _, _>(binds, value.read_long());
        }
    }
    Ok(true)
}

/// The file that a URL of SQLite names.
pub(super) fn file_of(url: &str) -> &str {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
    path.split_once('?').map_or(path, |(path, _)| path)
}
