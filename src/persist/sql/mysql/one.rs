//! One row, in one statement where the server gives it back, else in two. Knows nothing of other rows.

use super::way::{Found, Way};
use crate::error::{Error, Result, Stage};
use crate::persist::sql::alone::taken_back;
use crate::persist::sql::engine::{Binding, Done, Engine, Statement};
use crate::persist::{Column, Want};

impl<'d, E: Engine> Way<'_, 'd, E> {
    /// Inserts one row.
    pub(super) async fn one(&mut self, row: usize) -> Result<()> {
        if !self.is_bare {
            return self.write_one(row).await?;
        }
        let columns = self.rows.columns(row);
        // Of a row that cannot be read nothing is left that knows its key.
        let mut key = E::Binds::only(self.text.names.keys().map(|key| key.name).collect());
        if self.found(&columns, Want::Models) == Found::Given {
            self.rows.encode(row, &mut key)?;
        }
        match self.write_one(row).await? {
            Ok(()) => Ok(()),
            Err(error) => Err(self.take_back(&columns, key, error).await),
        }
    }

    /// Whether a row that was inserted could be read, too.
    async fn write_one(&mut self, row: usize) -> Result<Result<()>> {
        if E::RETURNS && !E::TAKES_NO_ROWS {
            self.know().await?;
        }
        let returns = E::RETURNS && !self.form.no_returning && (E::TAKES_NO_ROWS || self.survey.mariadb);
        let columns = self.rows.columns(row);
        let mut binds = E::Binds::all(columns.len());
        self.rows.encode(row, &mut binds)?;
        self.statements.sent();
        if !returns {
            let text = self.text.insert(&columns, 1);
            let done = E::run(E::reborrow(&mut self.db), Statement::lasting(&text), binds).await;
            return match done {
                Ok(done) => Ok(self.again(row, done.first_key).await),
                Err(error) => Err(self.refused(row, error).await),
            };
        }
        let text = self.text.insert_one(&columns);
        let (rows, mut is_back) = (&mut self.rows, false);
        let fetched = E::fetch(E::reborrow(&mut self.db), Statement::lasting(&text), binds, |fetched| {
            is_back = true;
            rows.receive(row, fetched, 1)
        });
        let read = match fetched.await {
            Ok(fetched) => fetched.map(drop),
            Err(error) => return Err(self.refused(row, error).await),
        };
        Ok(if is_back { read } else { self.again(row, None).await })
    }

    /// Deletes a row that was written and cannot be read, where nothing else takes it back.
    async fn take_back(&mut self, columns: &[&'static Column], key: E::Binds<'d>, error: Error) -> Error {
        match self.delete(columns, key).await {
            Ok(deleted) => taken_back(error, deleted.map(|done| done.rows)),
            Err(why) => taken_back(error, Err::<u64, _>(why)),
        }
    }

    async fn delete(&mut self, columns: &[&'static Column], key: E::Binds<'d>) -> Result<Result<Done, E::Error>> {
        self.know().await?;
        let (text, binds) = match self.found(columns, Want::Models) {
            Found::Counted(column) => {
                let mut binds = E::Binds::all(1);
                binds.int(self.first(None).await?);
                (self.text.delete_number(column), binds)
            }
            Found::Given => (self.text.delete_like(&self.survey), key),
            Found::Left | Found::Singly => return Err(self.nameless()),
        };
        self.statements.sent();
        Ok(E::run(E::reborrow(&mut self.db), Statement::once(&text), binds).await)
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
                self.rows.encode(row, &mut binds)?;
                (self.text.like(&self.survey, &keys, 1), binds)
            }
            Found::Left | Found::Singly => return Err(self.nameless()),
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
