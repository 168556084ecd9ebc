//! What a relation asks of the factory it names: a key or a model of the type that its field has. The derive says so by
//! these traits alone, so that rustc says what is missing in their words, and once.

use super::{Draft, taken};
use crate::persist::Made;

/// A factory whose model's key is a `K`: a field of this type can point at it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no key of type `{K}` to point at",
    label = "its model has no key, or one of another type",
    note = "mark the key of its model with `#[factory(key)]` and give this field the same type; or say which other field is \
            pointed at: `sub_factory(.., key = field)`"
)]
pub trait KeyedBy<K>: Draft {
    /// The key of a model.
    fn key_in(model: &Self::Model) -> K;

    /// The key in the draft, where it is known.
    fn key_drafted(&self) -> Option<K>;

    /// The key of a parent that was made.
    #[inline]
    fn key_made(made: &Made<Self>) -> K {
        match made {
            Made::Model(model) => Self::key_in(model),
            Made::Draft(draft) => taken(draft.key_drafted()),
        }
    }
}

/// A factory that makes an `M`: a field of this type can hold what it makes.
#[diagnostic::on_unimplemented(
    message = "`{Self}` makes no `{M}`",
    label = "makes something else than its field holds",
    note = "give the field the type of the parent's model; a field that holds a key is named `.._id`, or says which field \
            of the parent that is: `sub_factory(.., key = field)`"
)]
pub trait Makes<M>: Draft<Model = M> {
    /// The model.
    #[inline]
    fn whole(model: Self::Model) -> M {
        model
    }
}
