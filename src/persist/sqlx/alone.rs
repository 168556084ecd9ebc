//! A single row that is made by its own insert alone, in as few ways to the server as can be. Knows no table.

use super::handle::{Conn, Transacted, failed};
use super::savepoint::Savepoint;
use crate::error::{Result, Stage};
use crate::persist::sql::alone::Alone;
use crate::persist::{Create, Finish, Rows, run};

/// Such a row, or none. On a `fresh` connection there is no transaction yet.
pub(super) async fn alone<DB, F, T>(
    connection: &mut Conn<DB>,
    fresh: bool,
    rows: Rows<F>,
    finish: Finish<F, T>,
) -> Result<T>
where
    DB: Transacted,
    F: Create<DB>,
{
    if fresh || DB::ALONE == Alone::Bare {
        let made = run::<F, DB, T>(rows.bare(), connection, finish).await;
        if made.is_err() {
            DB::reopen(connection).await;
        }
        return made;
    }
    let mut savepoint = Savepoint::<DB>::of(connection);
    if !savepoint.enter().await.map_err(failed::<F>(Stage::Begin))? {
        return run::<F, DB, T>(rows.bare(), &mut *savepoint.connection, finish).await;
    }
    match run::<F, DB, T>(rows, &mut *savepoint.connection, finish).await {
        Ok(made) => {
            savepoint.leave();
            Ok(made)
        }
        Err(error) => {
            savepoint.undo().await;
            Err(error)
        }
    }
}
