//! The table and the columns of a factory as SQL spells them: always quoted.

use super::drafts::Form;
use super::engine::Table;
use super::quotes::Quotes;
use crate::persist::Column;

/// The names of one factory's table.
pub(super) struct Names {
    /// The table.
    pub(super) table: Table,
    /// The same, quoted, with its schema.
    pub(super) quoted: String,
    quotes: Quotes,
    columns: &'static [Column],
    sql_name: fn(&'static Column) -> &'static str,
    whole: bool,
    selection: Option<String>,
}

impl Names {
    pub(super) fn of(form: Form, quotes: Quotes) -> Self {
        let Form { columns, sql_name, whole, .. } = form;
        let (table, selection) = ((form.table)(), (form.selection)());
        let quoted = quotes.table(&table);
        Self { table, quoted, quotes, columns, sql_name, whole, selection }
    }

    /// A name as an identifier.
    pub(super) fn name(&self, name: &str) -> String {
        self.quotes.name(name)
    }

    /// A text as a literal.
    pub(super) fn literal(&self, text: &str) -> String {
        self.quotes.literal(text)
    }

    /// A column, quoted.
    pub(super) fn column(&self, column: &'static Column) -> String {
        self.name(self.plain(column))
    }

    /// A column as the database calls it.
    pub(super) fn plain(&self, column: &'static Column) -> &'static str {
        (self.sql_name)(column)
    }

    /// A column of the table.
    pub(super) fn qualified(&self, column: &'static Column) -> String {
        self.of_table(&self.column(column))
    }

    /// The same for a name that is quoted already.
    pub(super) fn of_table(&self, quoted: &str) -> String {
        format!("{}.{quoted}", self.name(&self.table.name))
    }

    /// The columns of the key.
    pub(super) fn keys(&self) -> impl Iterator<Item = &'static Column> {
        self.columns.iter().filter(|column| column.key)
    }

    /// The columns that are read back, a comma before each, and behind each what `cast` says. Qualified: where a column
    /// does not exist, its quoted name alone may be taken for a text.
    pub(super) fn readable(&self, cast: impl Fn(&'static Column) -> Option<&'static str>) -> String {
        if let Some(selection) = &self.selection {
            return format!(", {selection}");
        }
        if self.is_whole() {
            return format!(", {}.*", self.name(&self.table.name));
        }
        let readable = self.columns.iter().filter(|column| column.read);
        readable.fold(String::new(), |sql, column| sql + ", " + &self.qualified(column) + cast(column).unwrap_or(""))
    }

    /// Whether a row comes back as a whole, by nothing but its table's name.
    pub(super) fn is_whole(&self) -> bool {
        self.whole && self.selection.is_none()
    }
}

/// So many rows of these values: `(?, ?), (?, ?)`
pub(super) fn rows_of(values: &[String], rows: usize) -> String {
    let row = format!("({})", values.join(", "));
    let mut text = String::with_capacity(rows * (row.len() + 2));
    for i in 0..rows {
        text.push_str(if i == 0 { "" } else { ", " });
        text.push_str(&row);
    }
    text
}
