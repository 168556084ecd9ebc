//! How rows get their values: what a declaration may see, how the slot of a parent is filled, and how a whole batch walks
//! the stages together. Knows backends only as somewhere that rows go.

mod context;
mod draft;
mod filled;
mod link;
mod named;
mod parent;
mod reach;
mod repeat;
mod walk;

pub use context::Context;
pub use draft::{Draft, Keyed, Need, Relation};
pub use filled::{Under, cloned, deeper, filled, held, made_model, taken};
pub use link::{Given, IntoModel, IntoParent, Link};
pub use named::{IntoHeld, MadeBy};
pub use parent::{KeyedBy, Makes};
pub use reach::{OutOfReach, Reach};
pub use repeat::{Fork, ForkLink, ForkUnset, Unrepeatable, forked, unless};
pub use walk::{complete, parents, stored_parents, walk};
