//! A batch on its way to a backend, and what comes back.

use super::Record;
use crate::session::{Counter, Session, Turn};

/// Rows of one factory that are made together.
#[derive(Debug)]
pub struct Rows<F> {
    drafts: Vec<F>,
    first: Turn,
    session: Session,
}

impl<F> Rows<F> {
    /// Rows that have no number yet.
    pub fn new(drafts: Vec<F>, session: Session) -> Self {
        Self { drafts, first: Turn { n: 0, ordinal: 0 }, session }
    }

    /// Gives every row its number.
    pub fn number(&mut self, counter: &Counter) {
        self.first = self.session.take(counter, self.drafts.len() as u64);
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
        &self.session
    }

    /// The rows.
    pub fn drafts(&self) -> &[F] {
        &self.drafts
    }

    /// The rows, each with its session and turn.
    pub fn turns(&mut self) -> impl Iterator<Item = (&mut F, &Session, Turn)> {
        let Self { drafts, first, session } = self;
        let (first, session) = (*first, &*session);
        drafts.iter_mut().zip(0..).map(move |(draft, i)| (draft, session, first.after(i)))
    }

    /// The rows, taken out, each with its session and turn.
    pub fn into_turns(self) -> impl Iterator<Item = (F, Session, Turn)> {
        let Self { drafts, first, session } = self;
        drafts.into_iter().zip(0..).map(move |(draft, i)| (draft, session.clone(), first.after(i)))
    }

    /// The rows, taken out.
    pub fn into_drafts(self) -> Vec<F> {
        self.drafts
    }
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
