//! One row in one statement that gives it back. Knows nothing of other rows.

use super::way::Way;
use crate::error::{Result, Stage};
use crate::persist::sql::engine::{Binding, Engine, Statement};

/// What came back of a row.
enum Returned<B> {
    /// It was taken.
    Received,
    /// Something may have changed it since; these are the values of its key, if it has one and they all came back.
    Changed(Option<B>),
}

/// What the statement says of a table whose rows stay as they are given back.
const UNCHANGED: i64 = 0;
/// What it says where something may change them, and they have no rowids.
const CHANGED_WITHOUT_ROWID: i64 = 2;

impl<'d, E: Engine> Way<'_, 'd, E> {
    /// Inserts one row.
    pub(super) async fn one(&mut self, row: usize) -> Result<()> {
        let columns = self.rows.columns(row);
        let text = self.text.insert_one(&columns);
        let mut binds = E::Binds::all(columns.len());
        self.rows.encode(row, &mut binds)?;
        self.statements.sent();
        let (rows, keys, mut returned) = (&mut self.rows, self.text.names.keys().count(), None);
        // The statement is run to its end though there is one row: a foreign key that points nowhere fails after it was
        // given back.
        let fetched = E::fetch(E::reborrow(&mut self.db), Statement::lasting(&text), binds, |fetched| {
            let failed = self.form.failed(Stage::Read);
            let changes = E::int(fetched, 0).map_err(&failed)?.unwrap_or_default();
            let key = if changes == UNCHANGED { None } else { key::<E>(fetched, keys).map_err(&failed)? };
            if changes == UNCHANGED || changes == CHANGED_WITHOUT_ROWID && key.is_none() {
                returned = Some(Returned::Received);
                return rows.receive(row, fetched, 1 + keys);
            }
            returned = Some(Returned::Changed(key));
            Ok(())
        });
        match fetched.await {
            Ok(fetched) => fetched.map(drop)?,
            Err(error) => return Err(self.refused(row, error).await),
        }
        match returned {
            Some(Returned::Received) => Ok(()),
            Some(Returned::Changed(key)) => self.again(row, key).await,
            None => Err(self.rows.lost(row)),
        }
    }

    /// The row as triggers have left it.
    async fn again(&mut self, row: usize, key: Option<E::Binds<'d>>) -> Result<()> {
        let rowid = self.survey().await?.rowid().map(str::to_owned);
        let (text, binds) = match (rowid, key) {
            (Some(rowid), _) => (self.text.last(&rowid), E::Binds::all(0)),
            (None, Some(key)) => (self.text.by_keys(&self.text.names.keys().collect::<Vec<_>>(), 1), key),
            (None, None) => return Err(self.rows.lost(row)),
        };
        self.statements.sent();
        let (rows, mut is_there) = (&mut self.rows, false);
        let fetched = E::fetch(E::reborrow(&mut self.db), Statement::lasting(&text), binds, |fetched| {
            is_there = true;
            rows.receive(row, fetched, 1)
        });
        fetched.await.map_err(self.form.failed(Stage::Read))?.map(drop)?;
        if is_there { Ok(()) } else { Err(self.rows.lost(row)) }
    }
}

/// The values of a key that came back behind what the statement says of the table.
fn key<'d, E: Engine>(row: &E::Row<'_, '_>, columns: usize) -> Result<Option<E::Binds<'d>>, E::Error> {
    let mut binds = E::Binds::all(columns);
    for place in 1..=columns {
        if !E::copy(row, place, &mut binds)? {
            return Ok(None);
        }
    }
    Ok((columns > 0).then_some(binds))
}
