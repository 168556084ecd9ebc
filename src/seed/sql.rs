//! The few statements of seeding's own: text, without values. Knows dialects by their name, and no plan.

use crate::error::BoxError;
use crate::persist::Opens;
use crate::persist::sql::engine::{Binding, Statement, Table};
use crate::persist::sql::quotes::Quotes;

/// A connection that such statements are run on.
pub(super) struct Sql<'c, B: Opens>(pub(super) &'c mut B::Owned);

impl<B: Opens> Sql<'_, B> {
    const QUOTES: Quotes = if matches!(B::KIND.as_bytes(), b"mysql") { Quotes::MYSQL } else { Quotes::STANDARD };

    pub(super) async fn say(&mut self, text: impl Into<String>) -> Result<(), BoxError> {
        B::say(B::lend(self.0), text.into()).await.map_err(BoxError::from)
    }

    /// The first column of each row: an integer.
    pub(super) async fn ints(&mut self, text: &str) -> Result<Vec<Option<i64>>, BoxError> {
        let db = B::lend(self.0);
        let fetched = B::fetch(db, Statement::once(text), B::Binds::all(0), |row| Ok(B::int(row, 0))).await?;
        Ok(fetched?.into_iter().collect::<Result<_, _>>()?)
    }

    /// So many columns of each row, texts all of them.
    pub(super) async fn texts(&mut self, text: &str, columns: usize) -> Result<Vec<Vec<Option<String>>>, BoxError> {
        let db = B::lend(self.0);
        let fetched = B::fetch(db, Statement::once(text), B::Binds::all(0), move |row| {
            Ok((0..columns).map(|place| B::text(row, place)).collect::<Result<Vec<_>, _>>())
        });
        Ok(fetched.await??.into_iter().collect::<Result<_, _>>()?)
    }

    /// Opens a transaction that is going to write.
    pub(super) async fn begin(&mut self) -> Result<(), BoxError> {
        self.say(if B::KIND == "sqlite" { "begin immediate" } else { "begin" }).await
    }

    pub(super) async fn commit(&mut self) -> Result<(), BoxError> {
        self.say("commit").await
    }

    /// Rolls back. What made it necessary is what the user has to know, so a failure of it is not told.
    pub(super) async fn roll_back(&mut self) {
        let _ = self.say("rollback").await;
    }

    /// A name in quotes.
    pub(super) fn name(name: &str) -> String {
        Self::QUOTES.name(name)
    }

    /// The name of a table in quotes.
    pub(super) fn table(table: &Table) -> String {
        Self::QUOTES.table(table)
    }

    /// A text as a literal.
    pub(super) fn literal(text: &str) -> String {
        Self::QUOTES.literal(text)
    }

    /// An expression as text.
    pub(super) fn as_text(expression: &str) -> String {
        format!("cast({expression} as {})", if B::KIND == "mysql" { "char" } else { "text" })
    }

    /// An expression as a 64-bit integer.
    pub(super) fn as_int(expression: &str) -> String {
        match B::KIND {
            "mysql" => format!("cast({expression} as signed)"),
            "sqlite" => format!("cast({expression} as integer)"),
            _ => format!("cast({expression} as bigint)"),
        }
    }
}
