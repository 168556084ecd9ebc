//! Rows into Postgres the fastest way that it has: `COPY .. FROM STDIN` in its binary form. Knows columns and drafts, not
//! where either come from.
//!
//! [`CopyPlan::of`] looks at the table and at one draft, and says whether such drafts can go this way at all: an INSERT
//! converts what it is given, a binary COPY takes the column's own form and nothing else. [`encode`] makes bytes of
//! drafts, on any thread; `send` copies one such batch, and `Copying` several of them at once, which is easier on the
//! server where a batch has fewer than some 10,000 rows.

mod fault;
mod fit;
mod kind;
mod plan;
mod rows;
mod send;
mod writer;

pub use fault::Refused;
pub use plan::{CopyPlan, Unfit, Way};
pub use rows::{CopyRows, Encoder, encode};
pub use send::{Copying, send};
