//! Rows that a store is asked for, because they may be there already. Knows the factory's type, and hides it from the store.

use super::super::{Made, Overlay, Read, Record, Row, Values};
use crate::error::{BoxError, Error, Result};
use std::any::{Any, TypeId};
use std::fmt;

/// Rows of one factory that `get_or_create` asks a [`Store`](crate::Store) for, each by the values of some columns.
pub struct Search<'s> {
    asked: &'s mut (dyn Asked + 's),
}

impl<'s> Search<'s> {
    pub(super) fn new(asked: &'s mut (dyn Asked + 's)) -> Self {
        Self { asked }
    }

    /// The model's name: `"Country"`.
    pub fn factory(&self) -> &'static str {
        self.asked.name()
    }

    /// The model's table, where it has one.
    pub fn table(&self) -> Option<&'static str> {
        self.asked.table()
    }

    /// The columns by whose values rows are looked for.
    pub fn columns(&self) -> &'static [&'static str] {
        self.asked.columns()
    }

    /// How many rows are looked for.
    pub fn len(&self) -> usize {
        self.asked.len()
    }

    /// Whether nothing is looked for, which does not happen.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The values that a row is to have in the [columns](Search::columns); the row counted from 0.
    pub fn row(&self, row: usize) -> Values {
        self.asked.row(row)
    }

    /// There is such a row: all its columns.
    ///
    /// # Errors
    /// There is no such row in the search. Whether the values fit the model shows afterwards.
    pub fn found(&mut self, row: usize, values: Values) -> Result<(), BoxError> {
        if self.asked.found(row, values) { Ok(()) } else { Err(self.no_row(row)) }
    }

    /// There is such a row: its model.
    ///
    /// # Errors
    /// There is no such row in the search, or it is of another type.
    pub fn found_model<M: 'static>(&mut self, row: usize, model: M) -> Result<(), BoxError> {
        if self.asked.model() != TypeId::of::<M>() {
            let model = super::super::values::short(std::any::type_name::<M>());
            return Err(format!("a row of `{}` is looked for, and `{model}` was found", self.factory()).into());
        }
        if self.asked.found_model(row, &mut Some(model)) { Ok(()) } else { Err(self.no_row(row)) }
    }

    fn no_row(&self, row: usize) -> BoxError {
        format!("there is no row {row} in a search for {}", self.len()).into()
    }
}

impl fmt::Debug for Search<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Search").field("factory", &self.factory()).field("len", &self.len()).finish_non_exhaustive()
    }
}

/// A search whose factory nobody has to know.
pub(super) trait Asked: Send {
    fn name(&self) -> &'static str;
    fn table(&self) -> Option<&'static str>;
    fn columns(&self) -> &'static [&'static str];
    fn len(&self) -> usize;
    fn model(&self) -> TypeId;
    fn row(&self, row: usize) -> Values;
    fn found(&mut self, row: usize, values: Values) -> bool;

    /// Takes the model out of an `Option<M>`.
    fn found_model(&mut self, row: usize, model: &mut dyn Any) -> bool;
}

/// The rows of one factory.
pub(super) struct Wanted<F: Record> {
    drafts: Vec<F>,
    columns: &'static [&'static str],
    found: Vec<Answer<F::Model>>,
}

enum Answer<M> {
    None,
    Values(Values),
    Model(M),
}

impl<F: Record + Row<Values> + Read<Overlay>> Wanted<F> {
    pub(super) fn new(drafts: Vec<F>, columns: &'static [&'static str]) -> Self {
        let found = drafts.iter().map(|_| Answer::None).collect();
        Self { drafts, columns, found }
    }

    /// The model of each row that is there, the draft of each that is not.
    pub(super) fn finish(self) -> Result<Vec<Made<F>>> {
        let len = self.drafts.len();
        let answers = self.drafts.into_iter().zip(self.found).enumerate().map(|(i, (draft, found))| match found {
            Answer::None => Ok(Made::Draft(draft)),
            Answer::Model(model) => Ok(Made::Model(model)),
            Answer::Values(values) => {
                let model = draft.read(&mut Overlay::of::<F>(values));
                model.map(Made::Model).map_err(|error: Error| error.at(i, len))
            }
        });
        answers.collect()
    }
}

impl<F> Asked for Wanted<F>
where
    F: Record<Model: Send + 'static> + Row<Values> + Read<Overlay> + Send,
{
    fn name(&self) -> &'static str {
        F::NAME
    }

    fn table(&self) -> Option<&'static str> {
        F::TABLE
    }

    fn columns(&self) -> &'static [&'static str] {
        self.columns
    }

    fn len(&self) -> usize {
        self.drafts.len()
    }

    fn model(&self) -> TypeId {
        TypeId::of::<F::Model>()
    }

    fn row(&self, row: usize) -> Values {
        let mut values = Values::of::<F>();
        if let Some(draft) = self.drafts.get(row) {
            draft.write(&mut values);
        }
        values.retain(|column| self.columns.contains(&column));
        values
    }

    fn found(&mut self, row: usize, values: Values) -> bool {
        self.found.get_mut(row).map(|found| *found = Answer::Values(values)).is_some()
    }

    fn found_model(&mut self, row: usize, model: &mut dyn Any) -> bool {
        let model = model.downcast_mut::<Option<F::Model>>().and_then(Option::take);
        self.found.get_mut(row).zip(model).map(|(found, model)| *found = Answer::Model(model)).is_some()
    }
}
