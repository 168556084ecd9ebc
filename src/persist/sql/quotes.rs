//! What a dialect puts around names and texts: users name things `order` and `group`. Knows no table's columns.

use super::engine::Table;

/// What a dialect puts around names and texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Quotes {
    /// Around a name.
    name: char,
    /// Whether a backslash in a text means something.
    escapes: bool,
}

impl Quotes {
    /// By the standard, as SQLite and Postgres read it.
    #[allow(dead_code, reason = "each dialect has one of them")]
    pub(crate) const STANDARD: Self = Self { name: '"', escapes: false };

    /// The same for texts that Postgres reads behind an `E`.
    #[allow(dead_code, reason = "each dialect has one of them")]
    pub(crate) const ESCAPED: Self = Self { name: '"', escapes: true };

    /// As MySQL and MariaDB read it.
    #[allow(dead_code, reason = "each dialect has one of them")]
    pub(crate) const MYSQL: Self = Self { name: '`', escapes: true };

    /// A name as an identifier.
    pub(crate) fn name(self, name: &str) -> String {
        let quote = self.name;
        let doubled = name.replace(quote, &format!("{quote}{quote}"));
        format!("{quote}{doubled}{quote}")
    }

    /// A table, with its schema.
    pub(crate) fn table(self, table: &Table) -> String {
        let schema = table.schema.as_deref().map_or_else(String::new, |schema| self.name(schema) + ".");
        schema + &self.name(&table.name)
    }

    /// A text as a literal.
    pub(crate) fn literal(self, text: &str) -> String {
        let doubled = text.replace('\'', "''");
        let doubled = if self.escapes { doubled.replace('\\', r"\\") } else { doubled };
        format!("'{doubled}'")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_or_a_text_holds_does_not_end_it() {
        assert_eq!(Quotes::STANDARD.name(r#"a"b"#), r#""a""b""#);
        assert_eq!(Quotes::MYSQL.name("a`b"), "`a``b`");
        assert_eq!(Quotes::STANDARD.literal(r"it's \"), r"'it''s \'");
        assert_eq!(Quotes::MYSQL.literal(r"it's \"), r"'it''s \\'");
        assert_eq!(Quotes::ESCAPED.table(&Table::declared("shop.users")), r#""shop"."users""#);
    }
}
