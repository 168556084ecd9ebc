//! The map that a row's attributes are noted in, and what is done about a type that cannot be serialized. Whoever never
//! asks for attributes need not have one that can be, so that is known attribute by attribute, when it is run.

use crate::error::{Error, Result, Stage};
use serde::Serialize;
use serde_json::{Map, Value};
use std::any::type_name;

/// What a row has noted so far.
#[derive(Debug)]
pub struct Entries {
    factory: &'static str,
    map: Map<String, Value>,
    failed: Option<Error>,
    /// The model is built as well, so every parent is needed.
    pub(super) whole: bool,
}

impl Entries {
    pub(super) fn new(factory: &'static str, whole: bool) -> Self {
        Self { factory, map: Map::new(), failed: None, whole }
    }

    pub(super) fn into_map(self) -> Result<Map<String, Value>> {
        match self.failed {
            None => Ok(self.map),
            Some(error) => Err(error),
        }
    }

    /// Of several failures the first one is told.
    pub(super) fn fail(&mut self, error: Error) {
        self.failed.get_or_insert(error);
    }

    /// Notes the parent that was made for this attribute, if one was.
    pub fn made(&mut self, name: &'static str, made: Option<Value>) -> bool {
        made.map(|value| self.map.insert(name.to_owned(), value)).is_some()
    }

    fn refuse(&mut self, name: &'static str, why: impl Into<crate::BoxError>) {
        self.fail(Error::new(Stage::Serialize, self.factory, why).attribute(name));
    }
}

/// A value to be noted. The inherent `put` serves types that are `Serialize`; for all others method lookup falls back to
/// [`Unserializable`].
#[derive(Debug)]
pub struct Entry<'a, T: ?Sized>(pub &'a T);

impl<T: Serialize + ?Sized> Entry<'_, T> {
    /// Notes the value.
    pub fn put(self, entries: &mut Entries, name: &'static str) {
        match serde_json::to_value(self.0) {
            Ok(value) => {
                entries.map.insert(name.to_owned(), value);
            }
            Err(error) => entries.refuse(name, error),
        }
    }
}

/// Refuses a value.
pub trait Unserializable {
    /// Says what is missing.
    fn put(self, entries: &mut Entries, name: &'static str);
}

impl<T: ?Sized> Unserializable for Entry<'_, T> {
    fn put(self, entries: &mut Entries, name: &'static str) {
        entries.refuse(name, missing::<T>());
    }
}

pub(super) fn missing<T: ?Sized>() -> String {
    // What is missing is missing in the value, and not in the `Option` around it.
    let name = type_name::<T>();
    let inner = name.strip_prefix("core::option::Option<").and_then(|name| name.strip_suffix('>'));
    let name = inner.unwrap_or(name).trim_start_matches('&');
    format!(
        "`{name}` is not `Serialize`; add `#[derive(serde::Serialize)]` to it, or the feature `serde` to the crate it is of"
    )
}
