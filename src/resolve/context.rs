//! What one row's declarations may see: its number, its randomness, the clock. Whether it goes to a database they never
//! learn: it has the same values either way.

use crate::persist::Notes;
use crate::session::{Now, Session, Stream, Turn};
use crate::value::Attribute;

/// One row's surroundings, handed to the code that the derive writes.
#[derive(Debug, Clone, Copy)]
pub struct Context<'s> {
    session: &'s Session,
    turn: Turn,
    notes: Option<&'s Notes>,
}

impl<'s> Context<'s> {
    /// The surroundings of the row whose turn it is.
    #[inline]
    pub fn new(session: &'s Session, turn: Turn) -> Self {
        Self { session, turn, notes: None }
    }

    /// The same, in a call that may have something to remember.
    #[inline]
    pub fn with(self, notes: Option<&'s Notes>) -> Self {
        Self { notes, ..self }
    }

    /// What the call remembers, where it is one in memory.
    #[inline]
    pub fn notes(&self) -> Option<&'s Notes> {
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
