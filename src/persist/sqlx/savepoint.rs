//! A savepoint that is set by text. Knows no rows.

use super::handle::{Conn, Transacted};
use crate::persist::start;

/// A savepoint of which sqlx knows nothing, as it may know nothing of the transaction around it: its own would end that
/// with a `COMMIT`.
pub(super) struct Savepoint<'c, DB: Transacted> {
    pub(super) connection: &'c mut Conn<DB>,
    open: bool,
}

impl<'c, DB: Transacted> Savepoint<'c, DB> {
    const UNDO: [&'static str; 2] = ["rollback to savepoint manufactory", "release savepoint manufactory"];

    /// One that is not set yet.
    pub(super) fn of(connection: &'c mut Conn<DB>) -> Self {
        Self { connection, open: false }
    }

    pub(super) async fn set(&mut self) -> Result<(), ::sqlx::Error> {
        self.open = true;
        let set = DB::say(self.connection, "savepoint manufactory".to_owned()).await;
        self.open = set.is_ok();
        set
    }

    /// Sets it where there is a transaction, and says whether there is.
    pub(super) async fn enter(&mut self) -> Result<bool, ::sqlx::Error> {
        self.open = true;
        let entered = DB::enter(self.connection, "manufactory").await;
        self.open = matches!(entered, Ok(true));
        entered
    }

    pub(super) async fn release(mut self) -> Result<(), ::sqlx::Error> {
        DB::say(self.connection, "release savepoint manufactory".to_owned()).await?;
        self.open = false;
        Ok(())
    }

    /// Releases it, and waits for no answer. Nothing else may be on its way to the server: this would wait behind it.
    pub(super) fn leave(mut self) {
        self.open = false;
        start(DB::say(self.connection, "release savepoint manufactory".to_owned()));
    }

    pub(super) async fn undo(mut self) {
        for sql in Self::UNDO {
            let _ = DB::say(self.connection, sql.to_owned()).await;
        }
        self.open = false;
        DB::reopen(self.connection).await;
    }
}

impl<DB: Transacted> Drop for Savepoint<'_, DB> {
    fn drop(&mut self) {
        if !self.open {
            return;
        }
        for sql in Self::UNDO {
            start(DB::say(self.connection, sql.to_owned()));
        }
    }
}
