// Where the front page links to. Of two definitions of a link the first one counts, so here it leads on within these pages,
// and in the repository, where this is README.md, to its files.
//! [attributes]: macro@Factory
//! [blog]: https://docs.rs/crate/manufactory/latest/source/examples/
//! [coming from]: https://docs.rs/crate/manufactory/latest/source/docs/coming-from/README.md
//! [databases]: https://docs.rs/crate/manufactory/latest/source/docs/databases.md
//! [errors]: https://docs.rs/crate/manufactory/latest/source/docs/errors/README.md
//! [examples]: https://docs.rs/crate/manufactory/latest/source/examples/
//! [first factory]: https://docs.rs/crate/manufactory/latest/source/docs/first-factory.md
//! [guide]: https://docs.rs/crate/manufactory/latest/source/docs/README.md
//! [models]: https://docs.rs/crate/manufactory/latest/source/docs/models.md
//! [performance]: https://docs.rs/crate/manufactory/latest/source/docs/performance.md
//! [single rows]: https://docs.rs/crate/manufactory/latest/source/docs/databases.md
//! [stores]: trait@Store
//! [testing]: https://docs.rs/crate/manufactory/latest/source/docs/testing.md
//! [tried]: https://docs.rs/crate/manufactory/latest/source/docs/databases.md
#![cfg_attr(feature = "seed", doc = "[seeding]: mod@seed")]
//!
#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

#[doc(hidden)]
pub mod __private;
#[cfg(feature = "serde_json")]
pub mod attributes;
#[cfg(feature = "conformance")]
pub mod conformance;
mod error;
mod expand;
mod factory;
#[cfg(doctest)]
mod guide;
pub mod lint;
pub mod persist;
pub mod profile;
pub mod resolve;
#[cfg(feature = "seed")]
pub mod seed;
pub mod session;
mod trace;
pub mod value;

pub use async_trait::async_trait;
pub use error::{BoxError, Error, Result, Stage};
pub use factory::{Factory, Times, create_all};
#[doc(inline)]
pub use lint::lint;
/// Derives [`trait@Auto`] for a type of your own, so that attributes of that type need no declaration.
///
/// An enum gets its first variant, a struct its constructor; what is in them is automatic, too. A type parameter has to be
/// `Auto`. For an enum it implements [`Variants`] as well.
///
/// ```
/// use manufactory::{Auto, Factory, Session};
///
/// #[derive(Debug, PartialEq, Auto)]
/// enum Role {
///     Member,
///     Admin { level: u8 },
/// }
///
/// #[derive(Debug, PartialEq, Auto)]
/// struct Score(u32);
///
/// #[derive(Factory)]
/// struct User {
///     role: Role,
///     score: Score,
/// }
///
/// let _session = Session::seeded(1).enter();
/// let user = User::factory().build_batch(3).remove(2);
/// assert_eq!((user.role, user.score), (Role::Member, Score(2)));
/// ```
///
/// `#[factory(auto(from))]` on a struct around one value makes it by `From` that value, where the constructor is
/// elsewhere, or `From` normalizes:
///
/// ```
/// use manufactory::{Auto, Factory};
///
/// #[derive(Auto)]
/// #[factory(auto(from))]
/// struct Email(String);
///
/// impl From<String> for Email {
///     fn from(text: String) -> Self {
///         Self(text.to_uppercase())
///     }
/// }
///
/// #[derive(Factory)]
/// struct User {
///     email: Email,
/// }
///
/// assert!(User::factory().build().email.0.starts_with(char::is_uppercase));
/// ```
///
/// `#[factory(crate = path)]` says where `manufactory` is, when it goes by another name.
pub use manufactory_derive::Auto;
#[doc = include_str!("../docs/attributes.md")]
pub use manufactory_derive::Factory;
#[doc(inline)]
pub use persist::memory::Memory;
#[doc(inline)]
pub use persist::{Batch, Handle, Search, Store, Value};
#[doc(inline)]
pub use resolve::{AfterCreate, Among, Family, Graph, among};
#[doc(inline)]
pub use session::Session;
#[doc(inline)]
pub use value::{Attribute, Auto, IntoValue, Variants};
