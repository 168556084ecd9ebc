//! The only names that generated code may use. No part of the public interface: what the derive writes and what stands
//! here change together, in any release.

pub use crate::persist::{
    As, Backend, BoxFuture, Column, Create, Decoded, Encoded, Insert, Json, JsonValue, Made, NeedsNoTable, Optional,
    Overlay, Persist, Read, Record, Row, Rows, Sink, Source, Stores, Storing, Unstorable, Values, Want, assigned_as,
    integer_as, put_as, stored_in, take_as, written_to,
};
pub use crate::resolve::{
    Context, Draft, Fork, ForkLink, ForkUnset, Given, IntoHeld, IntoModel, IntoParent, Keyed, KeyedBy, Link, MadeBy,
    Makes, Need, Relation, Under, Unrepeatable, cloned, complete, deeper, filled, forked, held, made_model, parents,
    stored_parents, taken, unless, walk,
};
pub use crate::resolve::{OutOfReach, Reach};
pub use crate::session::{Counter, Now, Stream, hash};
pub use crate::value::{
    Auto, AutoAs, AutoThrough, IntoValue, Numbered, chance, check_probability, check_weights, choice, cycle, text,
    weighted,
};
pub use std::format;
pub use std::string::String;

#[cfg(feature = "fake")]
pub use crate::value::faked;

#[allow(unused_imports, unreachable_pub, reason = "empty where no backend is enabled")]
pub use crate::persist::private::*;

/// Asks whether something is a factory.
pub fn is_factory<F: crate::Factory>() {}

/// A record's columns as an error shows them.
pub fn describe<F: Row<Values>>(record: &F) -> Vec<(&'static str, String)> {
    let mut values = Values::of::<F>();
    record.write(&mut values);
    values.describe()
}
