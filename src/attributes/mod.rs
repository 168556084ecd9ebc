//! What a row holds as JSON, before any database has seen it: the body of a request. Walks the stages as `build` does,
//! but makes a parent only where something reads it. Knows nothing of tables.
//!
//! Code that is generic over factories names [`Attributes`]; all others call
//! [`Factory::attributes`](crate::Factory::attributes):
//!
//! ```
//! use manufactory::Factory;
//! use serde_json::json;
//!
//! #[derive(Factory)]
//! struct User {
//!     #[factory(value("alice"))]
//!     username: String,
//! }
//!
//! assert_eq!(json!(User::factory().attributes()?), json!({ "username": "alice" }));
//! # Ok::<(), manufactory::Error>(())
//! ```

mod entries;
mod parents;

#[doc(hidden)]
pub use entries::{Entries, Entry, Unserializable};
#[doc(hidden)]
pub use parents::{Nested, Unnested, given, read_only};

use crate::error::{Error, Result, Stage};
use crate::persist::Notes;
use crate::resolve::{Context, Draft};
use crate::session::Turn;
use serde_json::{Map, Value};

/// A factory whose attributes can be turned into JSON. Written by the derive for every factory; where a type parameter
/// is in the way, it has to be `Serialize`.
///
/// ```
/// use manufactory::Factory;
/// use manufactory::attributes::Attributes;
///
/// fn body<F: Factory + Attributes>(factory: F) -> manufactory::Result<String> {
///     Ok(serde_json::Value::Object(factory.attributes()?).to_string())
/// }
///
/// #[derive(Factory)]
/// struct User {
///     #[factory(value("alice"))]
///     username: String,
/// }
///
/// assert_eq!(body(User::factory())?, r#"{"username":"alice"}"#);
/// # Ok::<(), manufactory::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "the attributes of `{Self}` cannot be turned into JSON",
    label = "has no attributes as JSON",
    note = "code that is generic over factories asks for `F: Factory + manufactory::attributes::Attributes`"
)]
pub trait Attributes: Draft {
    /// Fills the stages and notes what the model's fields hold.
    #[doc(hidden)]
    fn note(&mut self, cx: &Context<'_>, entries: &mut Entries);
}

/// The attributes of one row.
///
/// # Errors
/// An attribute cannot be serialized.
pub(crate) fn of_row<F: Attributes>(mut row: F, notes: &Notes, turn: Turn) -> Result<Map<String, Value>> {
    let mut entries = Entries::new(F::NAME, false);
    row.note(&Context::in_memory(notes, turn), &mut entries);
    entries.into_map().map_err(|error| error.within(F::NAME))
}

/// The attributes as another type.
///
/// # Errors
/// The type asks for something else.
pub(crate) fn into_type<F: Draft, T: serde::de::DeserializeOwned>(attributes: Map<String, Value>) -> Result<T> {
    serde_json::from_value(Value::Object(attributes)).map_err(|error| {
        let type_name = std::any::type_name::<T>();
        // serde quotes the value that does not fit.
        let is_secret = F::COLUMNS.iter().any(|column| column.secret);
        let why = if is_secret {
            format!("`{type_name}` asks for something else")
        } else {
            format!("`{type_name}`: {error}")
        };
        Error::new(Stage::Deserialize, F::NAME, why).within(F::NAME)
    })
}
