//! One row in one statement that gives it back. Knows nothing of other rows.

use super::survey::flag;
use super::way::Way;
use crate::error::{Error, Result, Stage};
use crate::persist::sql::drafts::failed;
use crate::persist::sql::engine::{Binding, Engine, Fault, Statement, Stored};

/// What came back of a row.
enum Returned {
    /// It was taken.
    Received,
    /// Something may have changed it since; this is its key.
    Changed(Vec<String>),
}

impl<'c, E: Engine, F: Stored<E> + 'c> Way<'c, E, F> {
    /// Inserts one row.
    pub(super) async fn one(&mut self, row: usize) -> Result<()> {
        if E::CASTS {
            self.know().await?;
        }
        let columns = self.rows.columns(row);
        let text = self.text.insert_one::<E>(&self.survey, &columns);
        let mut binds = E::Binds::all(columns.len());
        self.rows.encode::<E>(row, &mut binds)?;
        self.statements.sent();
        let (rows, keys, mut returned) = (&mut self.rows, self.text.names.keys().count(), None);
        let fetched = E::fetch(E::reborrow(&mut self.db), Statement::lasting(&text), binds, |fetched| {
            let failed = failed::<F, E::Error>(Stage::Read);
            let changes = flag::<E>(fetched, 0).map_err(&failed)? && keys > 0;
            if !changes {
                returned = Some(Returned::Received);
                return rows.receive::<E>(row, fetched, 1 + keys);
            }
            let key = (1..=keys).map(|place| Ok(E::text(fetched, place)?.unwrap_or_default()));
            returned = Some(Returned::Changed(key.collect::<Result<_, E::Error>>().map_err(failed)?));
            Ok(())
        });
        match fetched.await {
            Ok(fetched) => fetched.map(drop)?,
            Err(error) => return Err(self.refusal(row, error)),
        }
        match returned {
            Some(Returned::Received) => Ok(()),
            Some(Returned::Changed(key)) => self.again(row, &key).await,
            None => Err(self.rows.lost(row)),
        }
    }

    /// The error of a statement with one row: of a failed transaction nobody can ask whether the statement is sound.
    fn refusal(&self, row: usize, error: E::Error) -> Error {
        let is_about_row = E::fault(&error) != Fault::Other;
        let error = Self::unreturned(error);
        if is_about_row { self.rows.about(row, error) } else { error }
    }

    /// The row as triggers have left it.
    async fn again(&mut self, row: usize, key: &[String]) -> Result<()> {
        let text = self.text.by_texts::<E>(&self.survey, key);
        self.statements.sent();
        let (rows, mut is_there) = (&mut self.rows, false);
        let fetched = E::fetch(E::reborrow(&mut self.db), Statement::once(&text), E::Binds::all(0), |fetched| {
            is_there = true;
            rows.receive::<E>(row, fetched, 1)
        });
        fetched.await.map_err(failed::<F, _>(Stage::Read))?.map(drop)?;
        if is_there { Ok(()) } else { Err(self.rows.lost(row)) }
    }
}
