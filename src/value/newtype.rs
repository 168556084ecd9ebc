//! Automatic values that are made from another type's: those of newtypes. Knows `From`, and in which order known types
//! are tried.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use super::{Attribute, Auto};

/// A type that is made from a `T`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not made from `{T}`",
    label = "`auto(from)` makes a `{T}`, and `{Self}` is not `From` it",
    note = "write `impl From<{T}> for {Self}`; a declaration can name another type: `auto(from = Type)`"
)]
pub trait MadeFrom<T> {
    /// The value around this one.
    fn made_from(value: T) -> Self;
}

#[diagnostic::do_not_recommend]
impl<T, N: From<T>> MadeFrom<T> for N {
    #[inline]
    fn made_from(value: T) -> Self {
        value.into()
    }
}

/// The automatic value of `T`, made an `N`.
#[inline]
pub fn auto_from<N: MadeFrom<T>, T: Auto>(attribute: &Attribute<'_>) -> N {
    N::made_from(T::auto(attribute))
}

/// A type made from one of the known types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is made from none of the types that `auto(from)` knows",
    label = "no type to make a `{Self}` from",
    note = "the types are `i64`, `i32`, `u64`, `u32`, `i16`, `u16`, `u8`, `String`, and with the feature `uuid` `Uuid`; \
            write `impl From<..> for {Self}` for one of them, or name another: `auto(from = Type)`"
)]
pub trait MadeFromKnown {
    /// The value for this attribute of this row.
    fn auto(attribute: &Attribute<'_>) -> Self;
}

/// Finds the first known type that an `N` is made from: method lookup goes from step to step along `Deref`, and passes by
/// those whose bound does not hold.
pub struct Guess<N, const STEP: usize = 0>(PhantomData<fn() -> N>);

impl<N> Guess<N> {
    /// The first step.
    #[expect(clippy::new_without_default, reason = "there is nothing in it")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<N, const STEP: usize> fmt::Debug for Guess<N, STEP> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guess")
    }
}

macro_rules! steps {
    ($($step:literal: $known:ty),+) => {$(
        impl<N: From<$known>> Guess<N, $step> {
            /// The automatic value of this step's type, made an `N`.
            pub fn auto(&self, attribute: &Attribute<'_>) -> N {
                auto_from::<N, $known>(attribute)
            }
        }

        impl<N> Deref for Guess<N, $step> {
            type Target = Guess<N, { $step + 1 }>;

            fn deref(&self) -> &Self::Target {
                &Guess(PhantomData)
            }
        }
    )+};
}

// The order is part of the data contract: a type that is made from several has the value of the first.
steps!(0: i64, 1: i32, 2: u64, 3: u32, 4: i16, 5: u16, 6: u8, 7: String);
#[cfg(feature = "uuid")]
steps!(8: ::uuid::Uuid);
// Without it the last step asks once more what was asked before, so that the end is always the same.
#[cfg(not(feature = "uuid"))]
steps!(8: String);

impl<N> Guess<N, 9> {
    /// Refused by the compiler: there is no such type.
    pub fn auto(&self, attribute: &Attribute<'_>) -> N
    where
        N: MadeFromKnown,
    {
        N::auto(attribute)
    }
}
