//! Spans of the `tracing` crate around calls and batches. Knows what they are called and which fields they have; without
//! the feature, that there are none.

#[cfg(feature = "tracing")]
mod spans {
    use std::fmt::Debug;
    use tracing::{Instrument, Span, debug_span};

    /// A span around one call of `create`.
    pub(crate) fn call<F: Future>(factory: &'static str, rows: usize, future: F) -> impl Future<Output = F::Output> {
        future.instrument(debug_span!(target: "manufactory", "create", factory, rows))
    }

    /// A span around rows that are made on the way, by the relation that asks for them.
    pub(crate) fn batch<F: Future>(
        (factory, relation): (&'static str, Option<&'static str>),
        rows: usize,
        want: impl Debug,
        future: F,
    ) -> impl Future<Output = F::Output> {
        let span = match relation {
            Some(relation) => debug_span!(target: "manufactory", "batch", factory, relation, rows, ?want),
            // Its span is that of the call.
            None => Span::none(),
        };
        future.instrument(span)
    }
}

#[cfg(not(feature = "tracing"))]
mod spans {
    use std::fmt::Debug;

    /// The call as it is.
    #[inline]
    pub(crate) fn call<F: Future>(_: &'static str, _: usize, future: F) -> F {
        future
    }

    /// The rows as they are.
    #[inline]
    pub(crate) fn batch<F: Future>(_: (&'static str, Option<&'static str>), _: usize, _: impl Debug, future: F) -> F {
        future
    }
}

pub(crate) use spans::{batch, call};
