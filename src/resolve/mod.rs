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

// What users name.
pub use among::{Among, IntoAmong, among};
pub use children::{IntoChildren, IntoEnds};
pub(crate) use coverage::coverage;
pub use graph::{Family, Graph};
pub use hook::AfterCreate;
pub use link::IntoParent;
pub(crate) use link::refuse;
pub(crate) use sharing::Rule;

// Public for what the derive writes alone: it may change in any release.
#[doc(hidden)]
pub use self::{
    after::store,
    children::{Children, Ends, HasMany, Through, children, through},
    context::Context,
    coverage::{Cover, CoverNothing, Covering, Preset},
    draft::{Draft, Keyed, Need},
    filled::{Under, cloned, deeper, filled, held, made_model, taken},
    hook::{Hook, NoHook},
    link::{Given, IntoModel, Link},
    lookup::{Hashed, Unhashed, gather, seek},
    named::{IntoHeld, MadeBy},
    parent::{KeyedBy, Makes},
    reach::{OutOfReach, Reach},
    relation::{Copied, NoCopy, Orders, Relation},
    repeat::{Fork, ForkLink, ForkUnset, Unrepeatable, forked},
    returned::{Returned, Unreturned},
    settle::{parents, stored_parents},
    sharing::Rules,
    walk::{complete, walk},
};
