//! How rows get their values: what a declaration may see, how the slot of a parent is filled, and how a whole batch walks
//! the stages together. Knows backends only as somewhere that rows go.
//!
//! Users name what is here in functions of their own around relations:
//!
//! ```
//! use manufactory::Factory;
//! use manufactory::resolve::IntoParent;
//!
//! # #[derive(Debug, Clone, Factory)]
//! # #[factory(table = "users")]
//! # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
//! # #[derive(Debug, Clone, Factory)]
//! # #[factory(table = "posts")]
//! # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
//! fn draft_by(author: impl IntoParent<UserFactory>) -> Post {
//!     Post::factory().author(author).title("draft").build()
//! }
//!
//! let alice = User::factory().build();
//! assert_eq!(draft_by(&alice).author_id, alice.id);
//! assert_eq!(draft_by(User::factory()).title, "draft");
//! ```

mod after;
mod among;
mod children;
mod context;
mod coverage;
mod draft;
mod filled;
mod graph;
mod hook;
mod link;
mod lookup;
mod named;
mod parent;
mod reach;
mod relation;
mod repeat;
mod returned;
mod settle;
mod sharing;
mod walk;

// What users name. All else that is public is for what the derive writes, and stands behind `doc(hidden)`: it may change in
// any release.
#[doc(hidden)]
pub use after::store;
pub use among::{Among, IntoAmong, among};
#[doc(hidden)]
pub use children::{Children, Ends, HasMany, Through, children, through};
pub use children::{IntoChildren, IntoEnds};
#[doc(hidden)]
pub use context::Context;
#[doc(hidden)]
pub use coverage::Preset;
pub(crate) use coverage::coverage;
#[doc(hidden)]
pub use coverage::{Cover, CoverNothing, Covering};
#[doc(hidden)]
pub use draft::{Draft, Keyed, Need};
#[doc(hidden)]
pub use filled::{Under, cloned, deeper, filled, held, made_model, taken};
pub use graph::{Family, Graph};
pub use hook::AfterCreate;
#[doc(hidden)]
pub use hook::{Hook, NoHook};
pub use link::IntoParent;
pub(crate) use link::refuse;
#[doc(hidden)]
pub use link::{Given, IntoModel, Link};
#[doc(hidden)]
pub use lookup::{Hashed, Unhashed, gather, seek};
#[doc(hidden)]
pub use named::{IntoHeld, MadeBy};
#[doc(hidden)]
pub use parent::{KeyedBy, Makes};
#[doc(hidden)]
pub use reach::{OutOfReach, Reach};
#[doc(hidden)]
pub use relation::{Copied, NoCopy, Orders, Relation};
#[doc(hidden)]
pub use repeat::{Fork, ForkLink, ForkUnset, Unrepeatable, forked};
#[doc(hidden)]
pub use returned::{Returned, Unreturned};
#[doc(hidden)]
pub use settle::{parents, stored_parents};
pub(crate) use sharing::Rule;
#[doc(hidden)]
pub use sharing::{Rules, Sharing};
#[doc(hidden)]
pub use walk::{complete, walk};
