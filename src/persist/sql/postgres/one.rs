//! One row in one statement that gives it back. Knows nothing of other rows.

use super::survey::flag;
use super::unfit;
use super::way::Way;
use crate::error::{Error, Result, Stage};
use crate::persist::sql::alone::taken_back;
use crate::persist::sql::engine::{Binding, Engine, Fault, Statement};

/// A row that came back.
struct Returned {
    /// Whether something may have changed it since.
    changes: bool,
    /// Its key, as texts.
    key: Vec<String>,
}

impl<E: Engine> Way<'_, '_, E> {
    /// Inserts one row.
    pub(super) async fn one(&mut self, row: usize) -> Result<()> {
        if E::CASTS {
            self.know().await?;
        }
        let columns = self.rows.columns(row);
        let text = self.text.insert_one::<E>(&self.survey, &columns);
        let mut binds = E::Binds::all(columns.len());
        self.rows.encode(row, &mut binds)?;
        self.statements.sent();
        let (rows, keys, mut returned) = (&mut self.rows, self.text.names.keys().count(), None);
        let fetched = E::fetch(E::reborrow(&mut self.db), Statement::lasting(&text), binds, |fetched| {
            let failed = self.form.failed(Stage::Read);
            let key = (1..=keys).map(|place| Ok(E::text(fetched, place)?.unwrap_or_default()));
            let key = key.collect::<Result<_, E::Error>>().map_err(&failed)?;
            let changes = flag::<E>(fetched, 0).map_err(failed)? && keys > 0;
            returned = Some(Returned { changes, key });
            if changes { Ok(()) } else { rows.receive(row, fetched, 1 + keys) }
        });
        let read = match fetched.await {
            Ok(fetched) => fetched.map(drop),
            Err(error) => return Err(self.refusal(row, error)),
        };
        let Some(Returned { changes, key }) = returned else {
            let error = read.err().map(|error| taken_back(error, Err("nothing tells its key")));
            return Err(error.unwrap_or_else(|| self.rows.lost(row)));
        };
        let read = if changes { self.again(row, &key).await } else { read };
        match read {
            Err(error) if self.is_bare => Err(self.take_back(&key, error).await),
            read => read,
        }
    }

    /// Deletes a row that was written and cannot be read, where nothing else takes it back.
    async fn take_back(&mut self, key: &[String], error: Error) -> Error {
        let text = self.text.delete(key);
        self.statements.sent();
        let deleted = E::run(E::reborrow(&mut self.db), Statement::once(&text), E::Binds::all(0)).await;
        taken_back(error, deleted.map(|done| done.rows))
    }

    /// The error of a statement with one row: of a failed transaction nobody can ask whether the statement is sound.
    fn refusal(&self, row: usize, error: E::Error) -> Error {
        let (is_about_row, is_lost) = (E::fault(&error) != Fault::Other, E::is_lost(&error));
        let error = self.unreturned(error);
        match (is_about_row, is_lost && self.is_bare) {
            (_, true) => error.unanswered(),
            (true, _) => self.rows.refused(row, error, unfit),
            _ => error,
        }
    }

    /// The row as triggers have left it.
    async fn again(&mut self, row: usize, key: &[String]) -> Result<()> {
        let text = self.text.by_texts::<E>(&self.survey, key);
        self.statements.sent();
        let (rows, mut is_there) = (&mut self.rows, false);
        let fetched = E::fetch(E::reborrow(&mut self.db), Statement::once(&text), E::Binds::all(0), |fetched| {
            is_there = true;
            rows.receive(row, fetched, 1)
        });
        fetched.await.map_err(self.form.failed(Stage::Read))?.map(drop)?;
        if is_there { Ok(()) } else { Err(self.rows.lost(row)) }
    }
}
