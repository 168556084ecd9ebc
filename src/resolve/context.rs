//! What one row's declarations may see: its number, its randomness, the clock. Whether it goes to a database they never
//! learn: it has the same values either way.

use crate::persist::Ledger;
use crate::session::{Now, Session, Stream, Turn};
use crate::value::Attribute;

/// One row's surroundings, handed to the code that the derive writes.
#[derive(Debug, Clone, Copy)]
pub struct Context<'s> {
    session: &'s Session,
    turn: Turn,
    ledger: Option<&'s Ledger>,
}

impl<'s> Context<'s> {
    /// The surroundings of the row whose turn it is.
    #[inline]
    pub fn new(session: &'s Session, turn: Turn) -> Self {
        Self { session, turn, ledger: None }
    }

    /// The same, in a call that has something to remember.
    #[inline]
    pub fn with(self, ledger: Option<&'s Ledger>) -> Self {
        Self { ledger, ..self }
    }

    /// What the call remembers.
    #[inline]
    pub fn ledger(&self) -> Option<&'s Ledger> {
        self.ledger
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
