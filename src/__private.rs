//! The only names that generated code may use. No part of the public interface: what the derive writes and what stands
//! here change together, in any release.

pub use crate::persist::{
    As, Backend, BoxFuture, Brood, Column, Create, Decoded, Encoded, Insert, Json, JsonValue, Keep, Kept, Ledger, Lose,
    Made, NeedsNoTable, Optional, Overlay, Persist, Read, Record, Row, Rows, Sink, Sought, Source, Stores, Storing,
    Unstorable, Values, Want, assigned_as, integer_as, put_as, stored_in, take_as, written_to,
};
pub use crate::resolve::{
    Among, Children, Context, Copied, Cover, CoverNothing, Covering, Draft, Ends, Fork, ForkLink, ForkUnset, Given,
    HasMany, Hashed, Hook, IntoAmong, IntoChildren, IntoEnds, IntoHeld, IntoModel, IntoParent, Keyed, KeyedBy, Link,
    MadeBy, Makes, Need, NoCopy, NoHook, Preset, Relation, Sharing, Through, Under, Unhashed, Unrepeatable, children,
    cloned, complete, deeper, filled, forked, gather, held, made_model, parents, seek, store, stored_parents, taken,
    through, unless, walk,
};
pub use crate::resolve::{OutOfReach, Reach};
pub use crate::session::{Counter, Now, Stream, hash};
pub use crate::value::{
    Attribute, Auto, AutoAs, AutoThrough, Guess, IntoValue, Numbered, Variants, auto_from, chance, check_probability,
    check_weights, choice, cycle, text, unique, weighted,
};
pub use std::collections::hash_map::DefaultHasher as Hasher;
pub use std::format;
pub use std::string::String;

#[cfg(feature = "serde_json")]
pub use crate::attributes::{Attributes, Entries, Entry, Nested, Unnested, Unserializable, given, read_only};
#[cfg(feature = "serde_json")]
pub use serde::Serialize;

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
