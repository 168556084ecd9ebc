//! What one row's declarations may see: its number, its randomness, the clock. Whether it goes to a database they never
//! learn: it has the same values either way.

use crate::persist::Notes;
use crate::session::{Counter, Now, Session, Stream, Turn};
use crate::value::Attribute;

/// One row's surroundings, handed to the code that the derive writes.
#[derive(Debug, Clone, Copy)]
pub struct Context<'s> {
    session: &'s Session,
    turn: Turn,
    /// Those of a call in memory.
    notes: Option<&'s Notes>,
}

impl<'s> Context<'s> {
    /// The surroundings of the row whose turn it is.
    #[inline]
    pub fn new(session: &'s Session, turn: Turn) -> Self {
        Self { session, turn, notes: None }
    }

    /// Those of a row that a call in memory makes.
    #[inline]
    pub(crate) fn in_memory(notes: &'s Notes, turn: Turn) -> Self {
        Self { session: notes.here().session(), turn, notes: Some(notes) }
    }

    /// Those of one row more, of the factory that `counter` belongs to.
    #[inline]
    pub(crate) fn next(&self, counter: &Counter) -> Self {
        let turn = match self.notes {
            Some(notes) => notes.here().take(counter, 1),
            None => self.session.take(counter, 1),
        };
        Self { turn, ..*self }
    }

    /// What the call remembers, where it is one in memory.
    #[inline]
    pub(crate) fn notes(&self) -> Option<&'s Notes> {
        self.notes
    }

    /// The session the row belongs to.
    #[inline]
    pub fn session(&self) -> &'s Session {
        self.session
    }

    /// The row's number.
    #[inline]
    pub fn n(&self) -> u64 {
        self.turn.n
    }

    /// The session's clock.
    #[inline]
    pub fn now(&self) -> Now {
        self.session.now()
    }

    /// The randomness of one attribute of this row; `attribute` is the hash of its full name.
    #[inline]
    pub fn stream(&self, attribute: u64) -> Stream {
        self.session.stream(attribute, self.turn.ordinal)
    }

    /// What [`Auto`](crate::Auto) sees of this row.
    #[inline]
    pub fn attribute(&self, hash: u64, name: &'static str) -> Attribute<'s> {
        Attribute::new(self.session, hash, name, self.turn.n, self.turn.ordinal)
    }

    /// The same for a key that a database would number: from 1.
    #[inline]
    pub fn key(&self, hash: u64, name: &'static str) -> Attribute<'s> {
        Attribute::new(self.session, hash, name, self.turn.n.wrapping_add(1), self.turn.ordinal)
    }
}
