//! One row, in one statement where the server gives it back, else in two. Knows nothing of other rows.

use super::way::{Found, Way};
use crate::error::{Result, Stage};
use crate::persist::Want;
use crate::persist::sql::drafts::failed;
use crate::persist::sql::engine::{Binding, Engine, Statement, Stored};

impl<'c, E: Engine, F: Stored<E> + 'c> Way<'c, E, F> {
    /// Inserts one row.
    pub(super) async fn one(&mut self, row: usize) -> Result<()> {
        if E::RETURNS && !E::TAKES_NO_ROWS {
            self.know().await?;
        }
        let returns = E::RETURNS && !F::NO_RETURNING && (E::TAKES_NO_ROWS || self.survey.mariadb);
        let columns = self.rows.columns(row);
        let mut binds = E::Binds::all(columns.len());
        self.rows.encode::<E>(row, &mut binds)?;
        self.statements.sent();
        if !returns {
            let text = self.text.insert(&columns, 1);
            let done = E::run(E::reborrow(&mut self.db), Statement::lasting(&text), binds).await;
            return match done {
                Ok(done) => self.again(row, done.first_key).await,
                Err(error) => Err(self.refused(row, error).await),
            };
        }
        let text = self.text.insert_one(&columns);
        let (rows, mut is_back) = (&mut self.rows, false);
        let fetched = E::fetch(E::reborrow(&mut self.db), Statement::lasting(&text), binds, |fetched| {
            is_back = true;
            rows.receive::<E>(row, fetched, 1)
        });
        match fetched.await {
            Ok(fetched) => fetched.map(drop)?,
            Err(error) => return Err(self.refused(row, error).await),
        }
        if is_back { Ok(()) } else { self.again(row, None).await }
    }

    /// Reads a row that did not come back with its insert.
    async fn again(&mut self, row: usize, first: Option<u64>) -> Result<()> {
        self.know().await?;
        let (text, binds) = match self.found(&self.rows.columns(row), Want::Models) {
            Found::Counted(column) => {
                let key = self.first(first).await?;
                let mut binds = E::Binds::all(2);
                binds.int(key);
                binds.int(key);
                (self.text.by_numbers(column), binds)
            }
            Found::Given => {
                let keys: Vec<_> = self.text.names.keys().collect();
                let mut binds = E::Binds::only(keys.iter().map(|key| key.name).collect());
                self.rows.encode::<E>(row, &mut binds)?;
                (self.text.like(&self.survey, &keys, 1), binds)
            }
            Found::Left | Found::Singly => return Err(Self::nameless()),
        };
        self.statements.sent();
        let (rows, mut is_there) = (&mut self.rows, false);
        let fetched = E::fetch(E::reborrow(&mut self.db), Statement::lasting(&text), binds, |fetched| {
            is_there = true;
            rows.receive::<E>(row, fetched, 1)
        });
        fetched.await.map_err(failed::<F, _>(Stage::Read))?.map(drop)?;
        if is_there { Ok(()) } else { Err(self.rows.lost(row)) }
    }
}
