//! Automatic values of attributes that are stored `as` another type: their own, or made from that of the other type.

use super::{Attribute, Auto};
use std::marker::PhantomData;

/// The automatic value of a `V` that is stored as a `T`. The inherent `auto` serves types that have one of their own; for
/// all others method lookup falls back to [`AutoThrough`].
#[derive(Debug)]
pub struct AutoAs<V, T>(PhantomData<fn() -> (V, T)>);

impl<V, T> AutoAs<V, T> {
    /// That of these types.
    #[expect(clippy::new_without_default, reason = "there is nothing in it")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<V: Auto, T> AutoAs<V, T> {
    /// The value.
    #[inline]
    pub fn auto(self, attribute: &Attribute<'_>) -> V {
        V::auto(attribute)
    }
}

/// The value of the other type, converted.
pub trait AutoThrough<V, T>: Sized {
    /// The value.
    #[inline]
    fn auto(self, attribute: &Attribute<'_>) -> V
    where
        V: MadeThrough<T>,
    {
        V::made_from(attribute)
    }
}

impl<V, T> AutoThrough<V, T> for AutoAs<V, T> {}

/// What can be made from the automatic value of a `T`, whatever that is.
#[diagnostic::on_unimplemented(
    message = "there is no automatic value for `{Self}`",
    label = "say where its value comes from",
    note = "add a declaration, such as `value(..)`, or implement `manufactory::Auto` for `{Self}`, or `From<{T}>`"
)]
pub trait MadeThrough<T> {
    /// The value.
    fn made_from(attribute: &Attribute<'_>) -> Self;
}

#[diagnostic::do_not_recommend]
impl<V: From<T>, T: Auto> MadeThrough<T> for V {
    #[inline]
    fn made_from(attribute: &Attribute<'_>) -> Self {
        T::auto(attribute).into()
    }
}
