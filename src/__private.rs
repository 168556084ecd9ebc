//! The only names that generated code may use. No part of the public interface: what the derive writes and what stands
//! here change together, in any release.

pub use crate::error::Result;
pub use crate::factory::Factory;
pub use crate::persist::{
    As, Backend, BoxFuture, Brood, Column, Create, Decoded, Encoded, Insert, Json, JsonValue, Keep, Kept, Ledger, Lose,
    Made, NeedsNoTable, Optional, Overlay, Persist, Read, Record, Row, Rows, Sink, Sought, Source, Stores, Storing,
    Unstorable, Values, Want, assigned_as, integer_as, put_as, stored_in, take_as, written_to,
};
pub use crate::persist::{
    Db, Described, Hooking, Making, Mobile, Model, Seeking, Settling, Whole, assign, put, settled, take,
};
pub use crate::resolve::{
    Among, Children, Context, Copied, Cover, CoverNothing, Covering, Draft, Ends, Fork, ForkLink, ForkUnset, Given,
    HasMany, Hashed, Hook, IntoAmong, IntoChildren, IntoEnds, IntoHeld, IntoModel, IntoParent, Keyed, KeyedBy, Link,
    MadeBy, Makes, Need, NoCopy, NoHook, Preset, Relation, Rules, Through, Under, Unhashed, Unrepeatable, children,
    cloned, complete, deeper, filled, forked, gather, held, made_model, parents, seek, store, stored_parents, taken,
    through, walk,
};
pub use crate::resolve::{OutOfReach, Reach, Returned};
pub use crate::session::{Counter, Now, Stream, hash};
pub use crate::value::{
    Attribute, Auto, AutoAs, AutoThrough, Guess, IntoValue, Numbered, Variants, auto_from, chance, check_probability,
    check_weights, choice, cycle, text, unique, weighted,
};
pub use std::clone::Clone;
pub use std::collections::hash_map::DefaultHasher as Hasher;
pub use std::default::Default;
pub use std::format;
pub use std::iter::Iterator;
pub use std::ops::FnOnce;
pub use std::option::Option::{self, None, Some};
pub use std::result::Result::Ok;
pub use std::string::String;
pub use std::sync::Arc;

#[cfg(feature = "serde_json")]
pub use crate::attributes::{Attributes, Entries, Entry, Nested, Unnested, Unserializable, given, read_only};
#[cfg(feature = "serde_json")]
pub use serde::Serialize;

#[cfg(feature = "seed")]
pub use crate::persist::{Target, Writers};
#[cfg(feature = "seed")]
pub use crate::seed::{Seeds, Targets, Wiring, WithoutDatabase};

#[cfg(feature = "fake")]
pub use crate::value::faked;

#[allow(unused_imports, unreachable_pub, reason = "empty where no backend is enabled")]
pub use crate::persist::private::*;

/// Asks whether something is a factory.
pub fn is_factory<F: crate::Factory>() {}

/// A record's columns as an error shows them.
pub fn describe<F: Row<Values>>(record: &F) -> Described {
    let mut values = Values::of::<F>();
    record.write(&mut values);
    values.describe()
}

/// The slot of an attribute.
pub type Slot<T> = Option<T>;

/// What cannot be copied.
pub type Refused = Option<Unrepeatable>;

/// What the caller has given for an attribute.
#[inline]
pub fn slot<T>(value: impl IntoValue<T>) -> Slot<T> {
    Some(value.into_value())
}

/// Rows that are stored nowhere.
pub fn completed<'c, F: Draft<Model: Send> + Send + 'c>(rows: Rows<F>) -> Making<'c, F> {
    Box::pin(std::future::ready(crate::Result::Ok(complete(rows))))
}

/// What method lookup falls back to where a type lacks something.
pub mod fallbacks {
    #[cfg(feature = "seed")]
    pub use crate::persist::NoTarget as _;
    pub use crate::persist::{Lose as _, Unstorable as _};
    pub use crate::resolve::{
        CoverNothing as _, ForkUnset as _, NoCopy as _, NoHook as _, OutOfReach as _, Unhashed as _, Unreturned as _,
    };
    #[cfg(feature = "seed")]
    pub use crate::seed::NotOffline as _;
}
