//! The call whose hook is running on this thread, where anybody watches what it makes. Knows no hook.

use super::{Ledger, Scope};
use std::cell::RefCell;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// That call.
#[derive(Debug, Clone)]
pub(super) struct Outer {
    pub(super) ledger: Arc<Ledger>,
    /// Whether the hook is one of the rows that were asked for.
    pub(super) is_first: bool,
}

thread_local! {
    static OUTER: RefCell<Option<Outer>> = const { RefCell::new(None) };
}

/// The call in whose hook this thread is.
pub(super) fn current() -> Option<Outer> {
    OUTER.try_with(|outer| outer.borrow().clone()).ok().flatten()
}

/// A hook, whose calls belong to another call.
pub(crate) struct Watched<F> {
    outer: Option<Outer>,
    future: F,
}

impl<F> Watched<F> {
    /// Of rows that stand here in a call, if that is watched.
    pub(crate) fn new(scope: &Scope, future: F) -> Self {
        let is_first = scope.relation().is_none();
        let outer = scope.ledger().watched().map(|ledger| Outer { ledger: Arc::clone(ledger), is_first });
        Self { outer, future }
    }
}

impl<F: Future + Unpin> Future for Watched<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let Some(outer) = &self.outer else { return Pin::new(&mut self.future).poll(cx) };
        let _restore = Restore(replace(Some(outer.clone())));
        Pin::new(&mut self.future).poll(cx)
    }
}

fn replace(outer: Option<Outer>) -> Option<Outer> {
    OUTER.try_with(|current| current.replace(outer)).ok().flatten()
}

/// Puts back what was there, also when the hook panics.
struct Restore(Option<Outer>);

impl Drop for Restore {
    fn drop(&mut self) {
        replace(self.0.take());
    }
}
