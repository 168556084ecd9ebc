//! How rows get their values: what a declaration may see, how the slot of a parent is filled, and how a whole batch walks
//! the stages together. Knows backends only as somewhere that rows go.

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

pub use after::store;
pub use among::{Among, IntoAmong, among};
pub use children::{Children, Ends, HasMany, IntoChildren, IntoEnds, Through, children, through};
pub use context::Context;
pub use coverage::Preset;
pub(crate) use coverage::coverage;
#[doc(hidden)]
pub use coverage::{Cover, CoverNothing, Covering};
pub use draft::{Draft, Keyed, Need};
pub use filled::{Under, cloned, deeper, filled, held, made_model, taken};
pub use graph::{Family, Graph};
pub use hook::{AfterCreate, Hook, NoHook};
pub(crate) use link::refuse;
pub use link::{Given, IntoModel, IntoParent, Link};
pub use lookup::{Hashed, Unhashed, gather, seek};
pub use named::{IntoHeld, MadeBy};
pub use parent::{KeyedBy, Makes};
pub use reach::{OutOfReach, Reach};
pub use relation::{Copied, NoCopy, Orders, Relation};
pub use repeat::{Fork, ForkLink, ForkUnset, Unrepeatable, forked};
pub use returned::{Returned, Unreturned};
pub use settle::{parents, stored_parents};
pub(crate) use sharing::Rule;
pub use sharing::{Rules, Sharing};
pub use walk::{complete, walk};
