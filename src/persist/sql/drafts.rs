//! The rows of a batch: each is a draft until it is made. Encodes and decodes them, and says which one an error is about;
//! sends nothing.

use super::engine::{Binding, Engine, Stored};
use super::group::filled;
use super::unfit::{Unfit, explained};
use crate::error::{Error, Result, Stage};
use crate::persist::{Column, Made, unless_secret};

/// Rows on their way.
pub(super) struct Drafts<F: crate::persist::Record> {
    pub(super) drafts: Vec<Option<F>>,
    pub(super) made: Vec<Option<Made<F>>>,
}

impl<F: crate::persist::Record> Drafts<F> {
    pub(super) fn of(drafts: Vec<F>) -> Self {
        let drafts: Vec<_> = drafts.into_iter().map(Some).collect();
        let made = drafts.iter().map(|_| None).collect();
        Self { drafts, made }
    }

    pub(super) fn len(&self) -> usize {
        self.drafts.len()
    }

    /// What was made, in the order of the rows.
    pub(super) fn finish(self) -> Result<Vec<Made<F>>> {
        match self.made.iter().position(Option::is_none) {
            None => Ok(self.made.into_iter().flatten().collect()),
            Some(row) => Err(self.lost(row)),
        }
    }

    /// Adds the values of a row.
    pub(super) fn encode<'d, E>(&self, row: usize, binds: &mut E::Binds<'d>) -> Result<()>
    where
        E: Engine,
        F: Stored<E> + 'd,
    {
        if let Some(draft) = &self.drafts[row] {
            draft.write_to(binds);
        }
        match binds.failed() {
            None => Ok(()),
            Some((column, error)) => {
                let error = unless_secret::<F>(column, error);
                let error = Error::new(Stage::Encode, F::NAME, error).attribute(F::attribute(column));
                Err(self.about(row, error))
            }
        }
    }

    /// Makes the model of what came back, behind so many values by which it was told apart.
    pub(super) fn receive<E>(&mut self, row: usize, fetched: &E::Row<'_, '_>, first: usize) -> Result<()>
    where
        E: Engine,
        F: Stored<E>,
    {
        let rows = self.drafts.len();
        let Some(draft) = self.drafts.get_mut(row).and_then(Option::take) else {
            return Err(Error::new(Stage::Read, F::NAME, "several rows have its key").at(row, rows));
        };
        let model = draft.read_from(fetched, first).map_err(|error| error.at(row, rows))?;
        self.made[row] = Some(Made::Model(model));
        Ok(())
    }

    /// Takes a row as made of which only the key is needed: the one that it brought, or this one. `false` where the key's
    /// type does not take it.
    pub(super) fn take_key(&mut self, row: usize, assigned: Option<i64>) -> bool {
        let Some(mut draft) = self.drafts[row].take() else { return true };
        let fits = assigned.is_none_or(|key| draft.assign_key(key));
        if fits {
            self.made[row] = Some(Made::Draft(draft));
        } else {
            self.drafts[row] = Some(draft);
        }
        fits
    }

    /// What a row that is still a draft fills.
    pub(super) fn columns(&self, row: usize) -> Vec<&'static Column> {
        filled::<F>(self.drafts[row].as_ref().map_or(0, F::absent))
    }

    /// The error of one row, with its values.
    pub(super) fn about(&self, row: usize, error: Error) -> Error {
        let error = error.at(row, self.drafts.len());
        match &self.drafts[row] {
            Some(draft) => error.values(draft.describe()),
            None => error,
        }
    }

    /// The error with which a database has refused a row.
    pub(super) fn refused<E>(&self, row: usize, error: Error, unfit: Unfit) -> Error
    where
        E: Engine,
        F: Stored<E>,
    {
        let Some(draft) = &self.drafts[row] else { return self.about(row, error) };
        let name = |column| F::COLUMNS.iter().find(|one| one.name == column).map_or(column, F::column);
        let values = draft.describe();
        explained::<F>(error, &values, name, unfit).at(row, self.drafts.len()).values(values)
    }

    /// The error of a row that was inserted and is not there.
    pub(super) fn lost(&self, row: usize) -> Error {
        let why = "it is not there after its insert: a trigger or a rule of the table has dropped or changed it";
        self.about(row, Error::new(Stage::Read, F::NAME, why))
    }
}

/// An error that no single row is to blame for.
pub(super) fn failed<F: crate::persist::Record, E: std::error::Error + Send + Sync + 'static>(
    stage: Stage,
) -> impl Fn(E) -> Error {
    move |error| Error::new(stage, F::NAME, error)
}
