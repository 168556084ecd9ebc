//! The end of a call: what it gives back, and whether all that was said was of use.

use super::Factory;
use crate::persist::{Ledger, Notes, unused};
use crate::resolve::{Graph, refuse};

/// What a call in a database has made, beside its models.
pub(super) fn graph<F: Factory>(models: Vec<F::Model>, ledger: &Ledger) -> Option<Graph<F>> {
    Graph::new(models, F::kept(), ledger)
}

/// Makes sure that all that was said was of use.
#[inline]
pub(super) fn finish(notes: &Notes) {
    if let Some(ledger) = notes.written() {
        check(ledger);
    }
}

#[cold]
fn check(ledger: &Ledger) {
    if let Some(rule) = ledger.pools().unused() {
        refuse(unused(rule));
    }
}
