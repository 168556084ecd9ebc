//! A row whose columns are those of a `table!`. Written by the derive; knows no connection.

use super::{Binds, Served};
use crate::error::{Error, Result, Stage};
use crate::persist::Record;
use crate::persist::sql::engine::Table;
use ::diesel::backend::Backend;
use ::diesel::deserialize::{self, FromSqlRow};
use ::diesel::query_builder::{QueryBuilder, QueryFragment};
use ::diesel::row::Row;
use ::diesel::{Expression, Selectable};

/// A record that is stored in a table of Diesel's `table!`.
pub trait TypedRow<DB: Backend>: Record {
    /// Its table.
    fn table() -> Table;

    /// The name of a column in the database, by its name in [`Record::COLUMNS`].
    fn column(column: &'static str) -> &'static str;

    /// What is selected, as text, where a row comes back as a whole.
    fn selection() -> Option<String> {
        None
    }

    /// Puts every filled column, in the order of [`Record::COLUMNS`].
    fn write<'d>(&self, binds: &mut Binds<'d, DB>)
    where
        Self: 'd;

    /// Becomes a model, of the row from the value at `first` on.
    ///
    /// # Errors
    /// They do not fit.
    fn read<'a, R: Row<'a, DB>>(self, row: &R, first: usize) -> Result<Self::Model>;
}

/// A type that a row comes back as, whatever was inserted.
#[diagnostic::on_unimplemented(
    message = "a `{Self}` cannot be read from a row here",
    label = "`returns` names a type that `{DB}` does not select",
    note = "derive Diesel's own traits for it: `#[derive(Queryable, Selectable)]` with `#[diesel(table_name = ..)]`"
)]
pub trait WholeRow<DB: Backend>: Sized {
    /// What is selected.
    fn selected() -> Option<String>;

    /// The row.
    ///
    /// # Errors
    /// It does not fit.
    fn whole<'a, R: Row<'a, DB>>(row: &R, first: usize) -> deserialize::Result<Self>;
}

#[diagnostic::do_not_recommend]
impl<DB, M, E> WholeRow<DB> for M
where
    DB: Served,
    E: Expression + QueryFragment<DB>,
    M: Selectable<DB, SelectExpression = E> + FromSqlRow<E::SqlType, DB>,
{
    fn selected() -> Option<String> {
        Some(spelt(&M::construct_selection()))
    }

    fn whole<'a, R: Row<'a, DB>>(row: &R, first: usize) -> deserialize::Result<Self> {
        M::build_from_row(&row.partial_row(first..row.field_count()))
    }
}

/// What is selected for such a type.
pub fn selected<DB: Backend, M: WholeRow<DB>>() -> Option<String> {
    M::selected()
}

/// A row as such a type.
///
/// # Errors
/// It does not fit.
pub fn whole_row<'a, F: Record, M: WholeRow<DB>, DB: Backend, R: Row<'a, DB>>(row: &R, first: usize) -> Result<M> {
    M::whole(row, first).map_err(|why| Error::new(Stage::Read, F::NAME, why))
}

/// What a table of a `table!` is called in the database.
pub fn table_named<DB: Served>(table: &impl QueryFragment<DB>) -> Table {
    let mut names = names(&spelt(table)).into_iter().rev();
    Table { name: names.next().unwrap_or_default(), schema: names.next() }
}

/// SQL as this database spells it.
fn spelt<DB: Served>(fragment: &impl QueryFragment<DB>) -> String {
    let mut builder = DB::QueryBuilder::default();
    // It fails where a value cannot be written, and there are none.
    let _ = fragment.to_sql(&mut builder, &DB::default());
    builder.finish()
}

/// The parts of a name, each of them quoted.
fn names(spelt: &str) -> Vec<String> {
    let Some(quote) = spelt.chars().next() else { return Vec::new() };
    let (mut names, mut rest) = (Vec::new(), spelt);
    while let Some(start) = rest.strip_prefix(quote) {
        let (mut name, mut chars) = (String::new(), start.char_indices().peekable());
        let mut end = start.len();
        while let Some((at, char)) = chars.next() {
            if char != quote {
                name.push(char);
            } else if chars.next_if(|(_, next)| *next == quote).is_some() {
                name.push(quote);
            } else {
                end = at + quote.len_utf8();
                break;
            }
        }
        names.push(name);
        rest = start[end..].strip_prefix('.').unwrap_or_default();
    }
    names
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_taken_out_of_their_quotes() {
        assert_eq!(names("`users`"), ["users"]);
        assert_eq!(names(r#""shop"."users""#), ["shop", "users"]);
        assert_eq!(names(r#""group ""by""""#), ["group \"by\""]);
        assert_eq!(names(""), [] as [&str; 0]);
    }
}
