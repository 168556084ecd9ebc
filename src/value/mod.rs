//! Values: what setters take, what an attribute without a declaration gets, and how one is picked
//! from several. Knows sessions, but neither factories nor databases.
//!
//! ```
//! use manufactory::{Factory, IntoValue};
//!
//! # #[derive(Debug, Clone, Factory)]
//! # #[factory(table = "users")]
//! # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
//! /// A helper of the tests' own, that takes what `username` takes.
//! fn named(name: impl IntoValue<String>) -> User {
//!     User::factory().username(name).build()
//! }
//!
//! assert_eq!(named("alice").username, "alice");
//! assert_eq!(named(String::from("bob")).username, "bob");
//! ```

mod auto;
mod declared;
mod expand;
mod foreign;
mod into_value;
mod newtype;
mod pick;
mod sequence;
mod text;
mod through;
mod unique;
mod variants;

#[cfg(test)]
mod tests;

pub use auto::{Attribute, Auto};
#[cfg(feature = "fake")]
#[doc(hidden)]
pub use declared::{Fakes, faked};
#[doc(hidden)]
pub use declared::{IntoText, text};
pub use into_value::IntoValue;
#[doc(hidden)]
pub use newtype::{Guess, MadeFrom, MadeFromKnown, auto_from};
#[doc(hidden)]
pub use pick::{chance, check_probability, check_weights, choice, weighted};
#[doc(hidden)]
pub use sequence::{Numbered, cycle};
#[doc(hidden)]
pub use through::{AutoAs, AutoThrough, MadeThrough};
#[doc(hidden)]
pub use unique::{Distinct, unique};
pub use variants::Variants;
