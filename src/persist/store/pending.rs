//! The rows behind a batch: drafts until the store takes models, models from then on. Knows the factory's type, and
//! hides it from the store.

use super::super::{Column, Complete, Described, Overlay, Read, Record, Row, Rows, Value, Values, unless_secret};
use crate::error::{BoxError, Error, Result, Stage};
use std::any::{Any, TypeId};
use std::error::Error as StdError;
use std::fmt;
use std::sync::OnceLock;

/// Rows whose factory nobody has to know.
pub(super) trait Erased: Send {
    fn name(&self) -> &'static str;
    fn table(&self) -> Option<&'static str>;
    fn columns(&self) -> &'static [Column];
    fn len(&self) -> usize;

    /// The model's type.
    fn model(&self) -> TypeId;

    /// A `Vec` of the models. `None` where they could not be made; the reason is kept.
    fn models(&mut self) -> Option<&mut dyn Any>;

    /// The filled columns.
    fn row(&self, row: usize) -> Option<Values>;

    /// Sets a column of a row that is there. `false` once the models are made.
    fn set(&mut self, row: usize, column: &'static str, value: Value) -> bool;

    /// Fills every open column.
    fn complete(&mut self);
}

/// The rows of one factory.
pub(super) struct Pending<F: Record> {
    len: usize,
    /// The rows, until their models are made.
    drafts: Option<Rows<F>>,
    /// What the store has set, row by row. Empty as long as it has set nothing.
    given: Vec<Values>,
    /// Which optional columns were open, row by row, before they were filled as `build` would.
    absent: Vec<u64>,
    models: Vec<F::Model>,
    /// What the models were made from: a store may still ask for rows, and fail with one of them.
    written: Vec<Written>,
    /// Why the models could not be made.
    failure: Option<Error>,
    /// Why a row that the store has asked for could not be given.
    refused: OnceLock<Error>,
}

/// A row as it was, once its draft has become a model.
struct Written {
    values: Values,
    described: Described,
}

impl<F: Complete + Row<Values> + Read<Overlay>> Pending<F> {
    pub(super) fn new(rows: Rows<F>) -> Self {
        Self {
            len: rows.len(),
            drafts: Some(rows),
            given: Vec::new(),
            absent: Vec::new(),
            models: Vec::new(),
            written: Vec::new(),
            failure: None,
            refused: OnceLock::new(),
        }
    }

    /// The models, after the store has stored them.
    pub(super) fn finish(self) -> Result<Vec<F::Model>> {
        match (self.failure.or(self.refused.into_inner()), self.drafts) {
            (Some(failure), _) => Err(failure),
            (None, Some(rows)) => into_models(rows, self.given),
            (None, None) => Ok(self.models),
        }
    }

    /// What to say when the store has failed.
    pub(super) fn failure(mut self, error: BoxError) -> Error {
        let Self { failure, refused, .. } = &mut self;
        if let Some(failure) = failure.take().or_else(|| refused.take()) {
            return failure;
        }
        let (row, why) = match error.downcast::<RowError>() {
            Ok(error) => (Some(error.row), error.why),
            // There is only one to blame.
            Err(error) => ((self.len == 1).then_some(0), error),
        };
        let (len, error) = (self.len, Error::new(Stage::Insert, F::NAME, why));
        match row.filter(|row| *row < len) {
            Some(row) => error.at(row, len).values(self.described(row)),
            None => error,
        }
    }

    fn described(self, row: usize) -> Described {
        let described = match &self.drafts {
            Some(rows) => rows.drafts().get(row).map(|draft| self.describe(row, draft)),
            None => self.written.into_iter().nth(row).map(|written| written.described),
        };
        described.unwrap_or_default()
    }

    /// What an error shows of a draft: the columns that were filled by the caller and the declarations.
    fn describe(&self, row: usize, draft: &F) -> Described {
        let mut described = draft.describe();
        if let Some(absent) = self.absent.get(row) {
            let optional = F::COLUMNS.iter().filter(|column| column.optional).enumerate();
            let open: Vec<_> =
                optional.filter(|(bit, _)| absent >> bit & 1 == 1).map(|(_, column)| column.name).collect();
            described.retain(|(column, _)| !open.contains(column));
        }
        described
    }

    /// Turns the drafts into models, if that has not happened yet.
    fn make(&mut self) {
        let Some(rows) = self.drafts.take() else { return };
        let written = rows.drafts().iter().enumerate().map(|(i, draft)| {
            let (values, described) = (self.values(i, draft), self.describe(i, draft));
            Written { values, described }
        });
        self.written = written.collect();
        match into_models(rows, std::mem::take(&mut self.given)) {
            Ok(models) => self.models = models,
            Err(failure) => self.failure = Some(failure),
        }
    }

    /// The filled columns of a draft, and what the store has set, in the order of the model's columns.
    fn values(&self, row: usize, draft: &F) -> Values {
        let mut values = Values::of::<F>();
        draft.write(&mut values);
        if let Some(given) = self.given.get(row) {
            for (column, value) in given {
                values.set(column, value.clone());
            }
            values.sort_by_key(|column| F::COLUMNS.iter().position(|known| known.name == column).unwrap_or(usize::MAX));
        }
        values
    }
}

/// The models of the drafts, with what the store has set.
fn into_models<F: Complete + Read<Overlay>>(rows: Rows<F>, mut given: Vec<Values>) -> Result<Vec<F::Model>> {
    let len = rows.len();
    given.resize(len, Values::new());
    let models = rows.into_turns().zip(given).enumerate().map(|(i, ((mut draft, session, turn), given))| {
        if given.is_empty() {
            return Ok(draft.into_model(&session, turn));
        }
        draft.fill_open(&session, turn);
        draft.read(&mut Overlay::of::<F>(given)).map_err(|error| error.at(i, len))
    });
    models.collect()
}

impl<F> Erased for Pending<F>
where
    F: Complete + Row<Values> + Read<Overlay> + Send,
    F::Model: Send + 'static,
{
    fn name(&self) -> &'static str {
        F::NAME
    }

    fn table(&self) -> Option<&'static str> {
        F::TABLE
    }

    fn columns(&self) -> &'static [Column] {
        F::COLUMNS
    }

    fn len(&self) -> usize {
        self.len
    }

    fn model(&self) -> TypeId {
        TypeId::of::<F::Model>()
    }

    fn models(&mut self) -> Option<&mut dyn Any> {
        self.make();
        if self.failure.is_none() { Some(&mut self.models) } else { None }
    }

    fn row(&self, row: usize) -> Option<Values> {
        let values = match &self.drafts {
            Some(rows) => rows.drafts().get(row).map(|draft| self.values(row, draft)),
            None => self.written.get(row).map(|written| written.values.clone()),
        }?;
        if let Some((column, why)) = values.refused() {
            let why = unless_secret::<F>(column, why.into());
            let error = Error::new(Stage::Encode, F::NAME, why).attribute(F::attribute(column));
            self.refused.get_or_init(|| error.at(row, self.len).values(values.clone().describe()));
        }
        Some(values)
    }

    fn set(&mut self, row: usize, column: &'static str, value: Value) -> bool {
        self.given.resize(self.len, Values::new());
        if let Some(given) = self.given.get_mut(row) {
            given.set(column, value);
        }
        self.drafts.is_some()
    }

    fn complete(&mut self) {
        let Some(rows) = &mut self.drafts else { return };
        if self.absent.is_empty() {
            self.absent = rows.drafts().iter().map(F::absent).collect();
        }
        for (draft, session, turn) in rows.turns() {
            draft.fill_open(session, turn);
        }
    }
}

/// An error that names its row.
#[derive(Debug)]
pub(super) struct RowError {
    pub(super) row: usize,
    pub(super) why: BoxError,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "row {}: {}", self.row, self.why)
    }
}

impl StdError for RowError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.why.source()
    }
}
