//! Rows through Diesel: what its connections have in common, synchronous or not. Knows values, columns and errors; how rows
//! are inserted is each database's own matter.

mod binds;
mod column;
mod fault;
mod query;
mod served;
mod stored;
mod typed;

pub use binds::Binds;
pub use column::{Filled, Fits, OrNull, bind, bind_as, bind_plainly, filled, fits, load, load_as, named};
pub use fault::{fault, is_lost, is_open_already, is_refused};
pub use query::{Bind, Query};
pub use served::{Reaches, Served, int, text, untyped};
pub(super) use stored::{read, stored};
pub use typed::{TypedRow, WholeRow, selected, table_named, whole_row};

/// What the derive names.
#[doc(hidden)]
pub mod private {
    pub use super::{
        Binds, Filled, Fits, OrNull, Served, TypedRow, WholeRow, bind, bind_as, bind_plainly, filled, fits, load,
        load_as, named, selected, table_named, whole_row,
    };
    pub use crate::persist::sql::engine::Table;
    pub use ::diesel;
    pub use ::diesel::query_builder::QueryFragment;
    pub use ::diesel::row::Row;
}

/// Writes a row as columns of a `table!`.
#[doc(hidden)]
#[macro_export]
macro_rules! __typed {
    ($($row:tt)*) => { $($row)* };
}
