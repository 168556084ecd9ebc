//! A batch on its way to a backend, and what comes back.

use super::Record;
use super::call::Scope;
use crate::session::{Counter, Session, Turn};

/// Rows of one factory that are made together.
#[derive(Debug)]
pub struct Rows<F> {
    drafts: Vec<F>,
    frame: Frame,
    /// The places that the rows have among those that were numbered, where some of them are gone.
    places: Option<Vec<usize>>,
    /// Whether somebody else has just made them.
    contested: bool,
    /// Whether nothing is around them that takes them back.
    bare: bool,
}

/// Where in a call some rows stand, whatever their factory.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    scope: Scope,
    first: Turn,
    /// The number of the first row in the call's tree.
    row: usize,
}

impl Frame {
    /// Where in the call they stand.
    pub(crate) fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The turn of the row at this place.
    pub(crate) fn turn(&self, place: usize) -> Turn {
        self.first.after(place as u64)
    }

    /// The number in the call's tree of the row at this place.
    pub(crate) fn row(&self, place: usize) -> usize {
        self.row + place
    }

    /// Some of the rows, by their drafts and places.
    pub(crate) fn rows<F>(&self, drafts: Vec<F>, places: Vec<usize>) -> Rows<F> {
        Rows { drafts, frame: self.clone(), places: Some(places), contested: false, bare: false }
    }
}

impl<F> Rows<F> {
    /// Rows that have no number yet.
    pub fn new(drafts: Vec<F>, scope: Scope) -> Self {
        let row = scope.ledger().tree().map_or(0, |mut tree| tree.number(drafts.len()));
        let frame = Frame { scope, first: Turn { n: 0, ordinal: 0 }, row };
        Self { drafts, frame, places: None, contested: false, bare: false }
    }

    /// Gives every row its number.
    pub fn number(&mut self, counter: &Counter) {
        self.frame.first = self.session().take(counter, self.drafts.len() as u64);
    }

    /// The same rows, which somebody else has just made: a moment ago they were not there.
    pub(crate) fn contested(mut self) -> Self {
        self.contested = true;
        self
    }

    /// Whether somebody else has just made them, so that what is there now counts, not what was there when the transaction
    /// began.
    pub fn is_contested(&self) -> bool {
        self.contested
    }

    /// The same row, with no transaction or savepoint around it that takes it back.
    pub fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// Whether a row that was written and cannot be read has to be deleted by whoever has written it.
    pub fn is_bare(&self) -> bool {
        self.bare
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.drafts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.drafts.is_empty()
    }

    /// The session they belong to.
    pub fn session(&self) -> &Session {
        self.scope().session()
    }

    /// Where in the call they stand.
    pub fn scope(&self) -> &Scope {
        &self.frame.scope
    }

    /// The same, for some of the rows.
    pub(crate) fn frame(&self) -> &Frame {
        &self.frame
    }

    /// The rows.
    pub fn drafts(&self) -> &[F] {
        &self.drafts
    }

    /// The rows, to be changed.
    pub(crate) fn drafts_mut(&mut self) -> &mut [F] {
        &mut self.drafts
    }

    /// The places of the rows among those that were numbered.
    pub(crate) fn places(&self) -> Vec<usize> {
        self.places.clone().unwrap_or_else(|| (0..self.drafts.len()).collect())
    }

    /// The rows, each with its session and turn.
    pub fn turns(&mut self) -> impl Iterator<Item = (&mut F, &Session, Turn)> {
        let Self { drafts, frame, places, .. } = self;
        let (frame, places) = (&*frame, places.as_deref());
        let turn = move |i: usize| frame.turn(places.map_or(i, |places| places[i]));
        drafts.iter_mut().enumerate().map(move |(i, draft)| (draft, frame.scope.session(), turn(i)))
    }

    /// The rows, taken out, each with its session and turn.
    pub fn into_turns(self) -> impl Iterator<Item = (F, Session, Turn)> {
        let Self { drafts, frame, places, .. } = self;
        drafts.into_iter().enumerate().map(move |(i, draft)| {
            let place = places.as_ref().map_or(i, |places| places[i]);
            (draft, frame.scope.session().clone(), frame.turn(place))
        })
    }

    /// The rows, taken out.
    pub fn into_drafts(self) -> Vec<F> {
        self.drafts
    }
}

impl<F: Record> Rows<F> {
    /// Whether this is one row that is made by one statement, and can be deleted by its key if it cannot be read.
    pub fn is_alone(&self) -> bool {
        let has_key = || F::COLUMNS.iter().any(|column| column.key);
        matches!(&*self.drafts, [draft] if draft.is_alone()) && !F::NO_RETURNING && has_key()
    }

    /// Whether the keys are given, or integers that the database may count.
    pub fn have_keys(&self) -> bool {
        self.drafts.iter().all(F::has_key)
    }
}

/// What a batch looked for and found, and which of its rows wait for another one that has the same values.
#[derive(Debug)]
pub struct Sought<F: Record> {
    /// The models that were there already, by the place of their row.
    pub(crate) found: Vec<(usize, F::Model)>,
    /// Rows that are the same as one that has to be made.
    pub(crate) twins: Rows<F>,
    /// Which one that is, for each of them: its place among those that have to be made.
    pub(crate) firsts: Vec<usize>,
    /// The places of the rows that have to be made.
    pub(crate) open: Vec<usize>,
}

/// Rows that were stored, and the children that they are to have.
#[derive(Debug)]
pub struct Brood<'b, F: Record> {
    /// For each row that has any, its place, its model, and its children as the factory that holds them.
    pub(crate) parents: Vec<(usize, &'b F::Model, &'b mut F)>,
    /// Where in the call they stand.
    pub(crate) frame: &'b Frame,
}

/// A record that can do without a backend: its draft, where a store fills in only some columns, or none.
pub trait Complete: Record {
    /// Fills every column that was left to a backend, as `build` would.
    fn fill_open(&mut self, session: &Session, turn: Turn);

    /// Becomes the model, with such columns filled.
    fn into_model(self, session: &Session, turn: Turn) -> Self::Model;
}

/// What a caller needs of the rows that are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// Their models, as the backend holds them.
    Models,
    /// Their keys: enough for a row that points at them.
    Keys,
    /// Their models, without storing them: values inside another row.
    Values,
}

/// A row that was made: in full, or, where only its key is needed, as the draft that holds it.
#[derive(Debug)]
pub enum Made<F: Record> {
    /// The factory with its key filled in.
    Draft(F),
    /// The model, as the backend holds it.
    Model(F::Model),
}

impl<F: Record> Made<F> {
    /// The model. `None` when only keys were asked for.
    #[inline]
    pub fn into_model(self) -> Option<F::Model> {
        match self {
            Self::Model(model) => Some(model),
            Self::Draft(_) => None,
        }
    }
}
