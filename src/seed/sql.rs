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

/// A transaction that is going to write. Dropped, it is undone: a run may be dropped anywhere, and the connection is used
/// again.
pub(super) struct Begun<'c, B: Opens> {
    sql: Sql<'c, B>,
    over: bool,
}

impl<'c, B: Opens> Begun<'c, B> {
    pub(super) async fn of(db: &'c mut B::Owned) -> Result<Self, BoxError> {
        // Dropped while it waits, it may have begun.
        let mut begun = Self { sql: Sql(db), over: false };
        let said = begun.sql.say(if B::KIND == "sqlite" { "begin immediate" } else { "begin" }).await;
        begun.over = said.is_err();
        said.map(|()| begun)
    }

    /// The connection.
    pub(super) fn db(&mut self) -> &mut B::Owned {
        self.sql.0
    }

    /// For a statement in it.
    pub(super) fn sql(&mut self) -> Sql<'_, B> {
        Sql(self.sql.0)
    }

    pub(super) async fn commit(mut self) -> Result<(), BoxError> {
        let said = self.sql.say("commit").await;
        self.over = true;
        said
    }

    /// Rolls back, and says whether the connection still serves. What made it necessary is what the user has to know, so a
    /// failure of it is not told.
    pub(super) async fn roll_back(mut self) -> bool {
        let _ = self.sql.say("rollback").await;
        self.over = true;
        self.sql.say("select 1").await.is_ok()
    }
}

impl<B: Opens> Drop for Begun<'_, B> {
    fn drop(&mut self) {
        if !self.over {
            B::abandon(self.sql.0);
        }
    }
}
