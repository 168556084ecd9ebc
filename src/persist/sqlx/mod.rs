//! Rows through sqlx: what its databases have in common. Knows values and transactions, and no SQL but that of
//! transactions.

mod alone;
mod binds;
pub(super) mod engine;
mod fetched;
pub(super) mod handle;
mod savepoint;

pub use binds::Binds;
pub use fetched::Fetched;
pub(super) use handle::{Transacted, handles};
