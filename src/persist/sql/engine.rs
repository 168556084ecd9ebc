//! What a database library is to the statements above it: something that runs text with values and gives rows back.
//! Knows no dialect and no table.

use super::drafts::{Drafted, Terms};
use crate::error::{BoxError, Result};
use crate::persist::{Backend, BoxFuture, Column, Db, Record};
use std::error::Error as StdError;
use std::fmt::Write;

/// Stands in the text of a statement where a value goes. No name and no literal can hold it.
pub const HOLE: char = '\0';

/// A statement.
#[derive(Debug, Clone, Copy)]
pub struct Statement<'s> {
    /// Its text, with a [`HOLE`] for each value.
    pub text: &'s str,
    /// Whether it is worth being kept prepared: not where its length depends on the number of rows.
    pub lasting: bool,
}

impl<'s> Statement<'s> {
    /// One that is sent again and again.
    pub fn lasting(text: &'s str) -> Self {
        Self { text, lasting: true }
    }

    /// One that is sent once.
    pub fn once(text: &'s str) -> Self {
        Self { text, lasting: false }
    }

    /// Its text with `?` where values go.
    pub fn marked(self) -> String {
        self.text.replace(HOLE, "?")
    }

    /// Its text with `$1`, `$2` where values go.
    pub fn numbered(self) -> String {
        let mut text = String::with_capacity(self.text.len() * 2);
        for (i, part) in self.text.split(HOLE).enumerate() {
            if i > 0 {
                let _ = write!(text, "${i}");
            }
            text.push_str(part);
        }
        text
    }
}

/// What a statement has done.
#[derive(Debug, Clone, Copy, Default)]
pub struct Done {
    /// How many rows it has written.
    pub rows: u64,
    /// The first key that the database has assigned, where the library tells.
    pub first_key: Option<u64>,
}

/// Why a statement was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Because of a value in it.
    Values,
    /// The library does not tell: a value may be at fault, or the statement itself.
    Unclear,
    /// For a reason that no row is to blame for: the statement itself, a lock, the connection.
    Other,
}

/// Whether a SQLSTATE says that the server ends the connection: exceptions of connections, and the intervention of an
/// operator. <https://www.postgresql.org/docs/current/errcodes-appendix.html>
#[allow(dead_code, reason = "Diesel does not tell it")]
pub(in crate::persist) fn ends_connection(state: &str) -> bool {
    state.starts_with("08") || state.starts_with("57P")
}

/// A library that runs SQL.
pub trait Engine: Backend + Sized {
    /// Whether values of types that only the database knows are bound as text: enums of Postgres. They need a cast then.
    const CASTS: bool = false;

    /// Values on their way into a statement. They are the statement's own: while it runs, rows that it gives back are made
    /// into models of the drafts that the values come from.
    type Binds<'d>: Binding;

    /// A row that came back.
    type Row<'c, 'q>;

    /// What the library fails with.
    type Error: StdError + Send + Sync + 'static;

    /// Whether the library loses a statement that is not lasting while it asks Postgres for types that it does not know.
    const LEARNS_TYPES: bool = false;

    /// Whether [`fetch`](Engine::fetch) takes a statement that turns out to give no rows back at all.
    const TAKES_NO_ROWS: bool = true;

    /// Whether [`fetch`](Engine::fetch) takes an insert that gives rows back, on servers that have it. Not so a library
    /// that wants to know the columns of a statement before it is run: MariaDB does not tell them.
    const RETURNS: bool = true;

    /// Writes rows, in the database's own way: each is made, or is a draft still that was not found again.
    fn write<'w, 'd: 'w>(
        rows: &'w mut (dyn Drafted<'d, Self> + 'd),
        db: Db<'w, Self>,
        terms: Terms,
    ) -> BoxFuture<'w, Result<()>>;

    /// Makes the models of the rows that are there already, by the values of these columns.
    fn look<'w, 'd: 'w>(
        rows: &'w mut (dyn Drafted<'d, Self> + 'd),
        columns: &'static [&'static str],
        db: Db<'w, Self>,
        terms: Terms,
    ) -> BoxFuture<'w, Result<()>>;

    /// Runs a statement that gives no rows back.
    fn run<'c, 'd: 'c>(
        db: Db<'c, Self>,
        statement: Statement<'c>,
        binds: Self::Binds<'d>,
    ) -> BoxFuture<'c, Result<Done, Self::Error>>;

    /// Runs a statement to its end, and hands each row that comes back to `each`, which stops it with an error.
    // Boxed, as all of these are: of a future whose type is not named rustc cannot tell for all lifetimes at once that it
    // is `Send` (rust-lang/rust#100013).
    fn fetch<'c, 'd: 'c, T: Send + 'c>(
        db: Db<'c, Self>,
        statement: Statement<'c>,
        binds: Self::Binds<'d>,
        each: impl for<'r, 'x, 'q> FnMut(&'r Self::Row<'x, 'q>) -> Result<T> + Send + 'c,
    ) -> BoxFuture<'c, Result<Result<Vec<T>>, Self::Error>>;

    /// Runs text without values: one statement or several.
    fn say(db: Db<'_, Self>, text: String) -> BoxFuture<'_, Result<(), Self::Error>>;

    /// A 64-bit integer of a row, by its place.
    ///
    /// # Errors
    /// It is none.
    fn int(row: &Self::Row<'_, '_>, place: usize) -> Result<Option<i64>, Self::Error>;

    /// A text of a row, by its place.
    ///
    /// # Errors
    /// It is none.
    fn text(row: &Self::Row<'_, '_>, place: usize) -> Result<Option<String>, Self::Error>;

    /// Binds a value of a row that came back, as what it is there: only where values carry their types with them, in
    /// SQLite. `false` where it is NULL.
    ///
    /// # Errors
    /// It cannot be read.
    fn copy(row: &Self::Row<'_, '_>, place: usize, binds: &mut Self::Binds<'_>) -> Result<bool, Self::Error>;

    /// Why it was refused.
    fn fault(error: &Self::Error) -> Fault;

    /// Whether the connection was lost, so that it is not known what has become of the statement.
    fn is_lost(error: &Self::Error) -> bool;
}

/// Writes how an engine writes and looks for rows, by its dialect. Here, so that it is compiled with this crate.
#[allow(unused_macros, reason = "SeaORM has more than one")]
macro_rules! ways {
    ($dialect:path) => {
        fn write<'w, 'd: 'w>(
            rows: &'w mut (dyn $crate::persist::sql::drafts::Drafted<'d, Self> + 'd),
            db: $crate::persist::Db<'w, Self>,
            terms: $crate::persist::sql::drafts::Terms,
        ) -> $crate::persist::BoxFuture<'w, $crate::error::Result<()>> {
            use $dialect as dialect;
            Box::pin(dialect::write::<Self>(rows, db, terms))
        }

        fn look<'w, 'd: 'w>(
            rows: &'w mut (dyn $crate::persist::sql::drafts::Drafted<'d, Self> + 'd),
            columns: &'static [&'static str],
            db: $crate::persist::Db<'w, Self>,
            terms: $crate::persist::sql::drafts::Terms,
        ) -> $crate::persist::BoxFuture<'w, $crate::error::Result<()>> {
            use $dialect as dialect;
            Box::pin(dialect::find::<Self>(rows, columns, db, terms))
        }
    };
}
#[allow(unused_imports, reason = "SeaORM has more than one")]
pub(in crate::persist) use ways;

/// Collects what a statement binds: any number of rows, one after the other.
pub trait Binding: Send + Sized {
    /// All columns of the rows, about so many values.
    fn all(values: usize) -> Self;

    /// Only these columns of the rows, by their names in [`Record::COLUMNS`].
    fn only(columns: Vec<&'static str>) -> Self;

    /// Takes a number that is no column, whatever columns are kept.
    fn int(&mut self, number: i64);

    /// Takes a text that is no column, or NULL.
    fn text(&mut self, text: Option<String>);

    /// The column that could not be encoded, taken out.
    fn failed(&mut self) -> Option<(&'static str, BoxError)>;
}

/// The name of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its schema, if one was declared.
    pub schema: Option<String>,
    /// The table itself.
    pub name: String,
}

impl Table {
    /// As it was declared: `"users"` or `"shop.users"`.
    pub fn declared(text: &str) -> Self {
        match text.split_once('.') {
            Some((schema, name)) => Self { schema: Some(schema.to_owned()), name: name.to_owned() },
            None => Self { schema: None, name: text.to_owned() },
        }
    }
}

/// A factory whose rows a library can write and read.
pub trait Stored<E: Engine>: Record<Model: Send> + Send {
    /// Its table.
    fn table() -> Table {
        Table::declared(Self::TABLE.unwrap_or(Self::NAME))
    }

    /// The name of a column in the database.
    fn column(column: &'static Column) -> &'static str {
        column.name
    }

    /// What is selected, as text, where a row does not come back column by column.
    fn selection() -> Option<String> {
        None
    }

    /// Puts every filled column, in the order of [`Record::COLUMNS`].
    fn write_to<'d>(&self, binds: &mut E::Binds<'d>)
    where
        Self: 'd;

    /// Becomes a model, of the columns of the row from `first` on: those that are read, in the order of
    /// [`Record::COLUMNS`], or the [`selection`](Stored::selection).
    ///
    /// # Errors
    /// They do not fit.
    fn read_from(self, row: &E::Row<'_, '_>, first: usize) -> Result<Self::Model>;
}

#[cfg(test)]
mod tests {
    use super::Statement;

    #[test]
    fn holes_become_what_the_database_calls_them() {
        let statement = Statement::once("insert into t values (\0, \0), (\0, '?')");
        assert_eq!(statement.marked(), "insert into t values (?, ?), (?, '?')");
        assert_eq!(statement.numbered(), "insert into t values ($1, $2), ($3, '?')");
        assert_eq!(Statement::once("select 1").numbered(), "select 1");
    }
}
