//! Work on a connection that leaves nothing behind, and panics that do not get past it. Knows no factory.

use super::{Backend, BoxFuture};
use crate::error::Result;
use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

/// What is to be done on a connection: see [`Handle::rehearse`](super::Handle::rehearse).
pub trait Work<B: Backend>: Send {
    /// What comes of it.
    type Output: Send;

    /// What does it, as the errors of the transaction around it name it.
    const NAME: &'static str;

    /// Does it.
    fn run<'c>(self, db: B::Connection<'c>) -> BoxFuture<'c, Result<Self::Output>>
    where
        Self: 'c;
}

/// Begins what nobody waits for: the first poll puts a statement into its connection's queue.
#[allow(dead_code, reason = "databases only")]
pub(crate) fn start(statement: impl Future) {
    let statement = pin!(statement);
    let _ = statement.poll(&mut Context::from_waker(Waker::noop()));
}

/// What somebody panicked with.
pub(crate) type Panic = Box<dyn Any + Send>;

/// A future that is ready when the one in it is, or panics.
pub(crate) struct Caught<'c, T>(BoxFuture<'c, T>);

impl<'c, T> Caught<'c, T> {
    pub(crate) fn new(future: BoxFuture<'c, T>) -> Self {
        Self(future)
    }
}

impl<T> Future for Caught<'_, T> {
    type Output = Result<T, Panic>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        // Nobody polls it again, nor sees what it has left half done: that is rolled back.
        match catch_unwind(AssertUnwindSafe(|| self.0.as_mut().poll(cx))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(done)) => Poll::Ready(Ok(done)),
            Err(panic) => Poll::Ready(Err(panic)),
        }
    }
}

/// The text of a panic, where it has one.
pub(crate) fn text_of(panic: &Panic) -> &str {
    let text = panic.downcast_ref::<&'static str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("something without a text")
}
