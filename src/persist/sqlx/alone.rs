//! A single row that is made by its own insert alone, in as few ways to the server as can be. Knows no table.

use super::handle::{Conn, Transacted};
use super::savepoint::Savepoint;
use crate::error::{Result, Stage};
use crate::persist::Errand;
use crate::persist::sql::alone::Alone;

/// Such a row, or none. On a `fresh` connection there is no transaction yet.
pub(super) async fn alone<DB: Transacted>(
    connection: &mut Conn<DB>,
    fresh: bool,
    call: &mut (dyn Errand<DB> + '_),
) -> Result<()> {
    if fresh || DB::ALONE == Alone::Bare {
        call.bare();
        let made = call.run(connection).await;
        if made.is_err() {
            DB::reopen(connection).await;
        }
        return made;
    }
    let mut savepoint = Savepoint::<DB>::of(connection);
    if !savepoint.enter().await.map_err(|error| call.failed(Stage::Begin, error.into()))? {
        call.bare();
        return call.run(&mut *savepoint.connection).await;
    }
    match call.run(&mut *savepoint.connection).await {
        Ok(()) => {
            savepoint.leave();
            Ok(())
        }
        Err(error) => {
            savepoint.undo().await;
            Err(error)
        }
    }
}
