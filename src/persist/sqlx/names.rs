//! Tables and columns as SQL spells them: always quoted, because users name things `order` and `group`.

use super::Dialect;
use crate::persist::{Column, Record};

/// The names of one factory's table.
pub(super) struct Names {
    /// The schema as it was declared, if one was.
    pub(super) schema: Option<&'static str>,
    /// The table without its schema.
    pub(super) name: &'static str,
    /// The table, quoted, with its schema.
    pub(super) table: String,
    quote: char,
    columns: &'static [Column],
    whole: bool,
}

impl Names {
    pub(super) fn of<F: Record, DB: Dialect>() -> Self {
        let declared = F::TABLE.unwrap_or(F::NAME);
        let (schema, name) = match declared.split_once('.') {
            Some((schema, name)) => (Some(schema), name),
            None => (None, declared),
        };
        let mut names =
            Self { schema, name, table: String::new(), quote: DB::QUOTE, columns: F::COLUMNS, whole: F::WHOLE };
        let schema = schema.map_or_else(String::new, |schema| names.quoted(schema) + ".");
        names.table = schema + &names.quoted(name);
        names
    }

    /// A name as an identifier.
    pub(super) fn quoted(&self, name: &str) -> String {
        let quote = self.quote;
        let doubled = name.replace(quote, &format!("{quote}{quote}"));
        format!("{quote}{doubled}{quote}")
    }

    /// The columns that are read back, a comma before each. Qualified: where a column does not exist, its quoted
    /// name alone may be taken for a text.
    pub(super) fn readable(&self) -> String {
        if self.whole {
            return format!(", {}.*", self.quoted(self.name));
        }
        let readable = self.columns.iter().filter(|column| column.read);
        readable.fold(String::new(), |sql, column| sql + ", " + &self.qualified(column.name))
    }

    /// The same behind `returning`, which takes no `table.*`.
    pub(super) fn returnable(&self) -> String {
        if self.whole { ", *".to_owned() } else { self.readable() }
    }

    /// A column of the table.
    pub(super) fn qualified(&self, column: &str) -> String {
        format!("{}.{}", self.quoted(self.name), self.quoted(column))
    }
}
