//! A row as columns: what is written to a backend column by column, and read back the same way. Knows no database.

use super::Described;
use crate::error::{BoxError, Error};

/// A row that can be stored: its model, its table, and which of its columns are filled. Written by the derive.
pub trait Record: Sized {
    /// What is made.
    type Model;

    /// The model's name, as errors show it.
    const NAME: &'static str;

    /// The table as it was declared, `"users"` or `"shop.users"`; `None` for a model that has none.
    const TABLE: Option<&'static str>;

    /// All columns, in the order in which they are written and read.
    const COLUMNS: &'static [Column];

    /// Whether a row comes back as a whole, with columns that are not listed here.
    const WHOLE: bool = false;

    /// Whether the table refuses to give back what was inserted.
    const NO_RETURNING: bool = false;

    /// Which of the optional columns are left to the database: bit `i` stands for the `i`-th optional column.
    #[inline]
    fn absent(&self) -> u64 {
        0
    }

    /// Takes the integer that the database assigned as key. `false` where the key's type is no plain integer, or there
    /// is no key for the database to assign; the row is then read back instead.
    fn assign_key(&mut self, _key: i64) -> bool {
        false
    }

    /// Whether making this row takes no more than its own insert: every parent is there or there is none, nothing is looked
    /// for, and nothing follows.
    fn is_alone(&self) -> bool {
        false
    }

    /// Whether its key is known beforehand, or an integer that the database may count.
    fn has_key(&self) -> bool {
        true
    }

    /// Fills columns that are left to the database from where SeaORM starts a row, if the factory says so.
    #[inline]
    fn start(&mut self) {}

    /// The attribute that a column stores.
    fn attribute(column: &'static str) -> &'static str {
        let named = Self::COLUMNS.iter().find(|one| one.name == column);
        named.map_or(column, |column| column.attribute)
    }

    /// Whether the value of a column is shown nowhere.
    fn is_secret(column: &str) -> bool {
        Self::COLUMNS.iter().any(|one| one.secret && one.name == column)
    }

    /// The columns and their values as an error shows them, without those that are secret.
    fn describe(&self) -> Described;
}

/// Why a column's value was refused, unless that may tell what the value is.
pub(crate) fn unless_secret<F: Record>(column: &str, why: BoxError) -> BoxError {
    if F::is_secret(column) { "its value, which is secret, does not fit".into() } else { why }
}

/// One column of a [`Record`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "any of them goes with any other")]
pub struct Column {
    /// Its name in the table.
    pub name: &'static str,
    /// The attribute it stores: what an error calls it.
    pub attribute: &'static str,
    /// Part of the primary key.
    pub key: bool,
    /// The database fills it unless the caller does.
    pub optional: bool,
    /// In the table and in the model; otherwise written, and never read.
    pub read: bool,
    /// Its value is shown nowhere.
    pub secret: bool,
}

impl Column {
    /// A column that is always written and read back.
    pub const fn new(name: &'static str) -> Self {
        Self { name, attribute: name, key: false, optional: false, read: true, secret: false }
    }

    /// The column of an attribute with another name.
    pub const fn of(mut self, attribute: &'static str) -> Self {
        self.attribute = attribute;
        self
    }

    /// Part of the primary key.
    pub const fn key(mut self) -> Self {
        self.key = true;
        self
    }

    /// Left to the database unless overridden.
    pub const fn optional(mut self) -> Self {
        self.optional = true;
        self
    }

    /// Written, but not part of the model.
    pub const fn write_only(mut self) -> Self {
        self.read = false;
        self
    }

    /// Never shown.
    pub const fn secret(mut self) -> Self {
        self.secret = true;
        self
    }
}

/// Takes a row's columns one by one.
#[diagnostic::on_unimplemented(
    message = "a `{T}` cannot be stored as a column here",
    label = "not a type that `{Self}` takes",
    note = "implement the database library's own traits for `{T}` (for sqlx: `Type`, `Encode` and `Decode`), or mark the field `#[factory(skip)]` if it is no column"
)]
pub trait Sink<T: ?Sized> {
    /// Takes one value.
    fn put(&mut self, column: &'static str, value: &T);

    /// Takes note that a value could not be turned into a `T`: the row cannot be stored.
    fn refuse(&mut self, column: &'static str, why: BoxError);
}

/// A type that a backend stores in a column, and gives back.
#[diagnostic::on_unimplemented(
    message = "`{B}` has no column for a `{Self}`",
    label = "not a type that `{B}` stores",
    note = "take a type that the database library knows, implement its traits for your own (sqlx: `Type`, `Encode` and `Decode`; SeaORM: `DeriveValueType`, `DeriveActiveEnum`), or mark the field `#[factory(skip)]` if it is no column; where only some of the enabled databases store the model, say which: `table = \"..\", on(sqlite)`",
    note = "types of chrono, time, uuid, rust_decimal and the like: with the library's own feature for them, e.g. `chrono` of sqlx, `with-chrono` of SeaORM"
)]
pub trait StoredIn<B> {}

/// A type that a backend's sink takes.
#[diagnostic::on_unimplemented(
    message = "`{S}` takes no `{Self}` for a column",
    label = "not a type that can be written",
    note = "implement the database library's own traits for `{Self}` (for sqlx: `Type` and `Encode`)"
)]
pub trait WrittenTo<S> {}

#[diagnostic::do_not_recommend]
impl<T, S: Sink<T>> WrittenTo<S> for T {}

/// Asks whether a backend stores a type. The derive asks this of every column, so that rustc shows the one that is wrong.
pub fn stored_in<B, T: StoredIn<B>>() {}

/// The same for a column that is only written.
pub fn written_to<S, T: WrittenTo<S>>() {}

/// A record that can write itself into a sink.
pub trait Row<S: ?Sized>: Record {
    /// Puts every filled column, in the order of [`Record::COLUMNS`].
    fn write(&self, sink: &mut S);
}

/// Gives a row back as a whole, by the database library's own way to read one.
#[diagnostic::on_unimplemented(
    message = "a `{M}` cannot be read from a row here",
    label = "`returns` names a type that a row does not make",
    note = "derive the database library's own trait for it: for sqlx `#[derive(sqlx::FromRow)]`, for SeaORM `#[derive(FromQueryResult)]`"
)]
pub trait Whole<M> {
    /// The row.
    ///
    /// # Errors
    /// It does not fit the type.
    fn whole(&mut self) -> Result<M, Error>;
}

/// Gives a row's columns back one by one.
#[diagnostic::on_unimplemented(
    message = "a `{T}` cannot be read from a column here",
    label = "not a type that `{Self}` gives",
    note = "implement the database library's own traits for `{T}` (for sqlx: `Type`, `Encode` and `Decode`), or mark the field `#[factory(skip)]` if it is no column"
)]
pub trait Source<T> {
    /// Gives one value; `written` is what was written to the column, if anything.
    ///
    /// # Errors
    /// There is no such column, or it holds something else.
    fn take(&mut self, column: &'static str, written: Option<T>) -> Result<T, Error>;
}

/// A record that can become a model from what a source gives.
pub trait Read<S: ?Sized>: Record {
    /// Takes every readable column, in the order of [`Record::COLUMNS`].
    ///
    /// # Errors
    /// What the source fails with.
    fn read(self, source: &mut S) -> Result<Self::Model, Error>;
}
