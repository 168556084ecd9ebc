//! Values made of the row's number alone. Knows no session.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// A type that a row's number turns into: what a bare `#[factory(sequence)]` needs.
///
/// Integers wrap at their type's maximum and are never negative; text is the number's digits.
///
/// ```
/// use manufactory::{Factory, Session};
///
/// #[derive(Factory)]
/// struct Line {
///     #[factory(sequence)]
///     position: i32,
/// }
///
/// let _session = Session::seeded(1).enter();
/// assert_eq!(Line::factory().build().position, 0);
/// assert_eq!(Line::factory().build().position, 1);
/// ```
#[diagnostic::on_unimplemented(
    message = "a row's number is no `{Self}`",
    label = "a bare `sequence` makes numbers and text",
    note = "say how it is made from the number: `#[factory(sequence(|n| ..))]`"
)]
pub trait Numbered {
    /// The value of the row with this number.
    fn numbered(n: u64) -> Self;
}

macro_rules! integers {
    ($($integer:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Numbered for $integer {
            #[inline]
            #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap, clippy::cast_lossless, clippy::cast_sign_loss)]
            fn numbered(n: u64) -> Self {
                match (<$integer>::MAX as u128).checked_add(1) {
                    Some(modulus) => (n as u128 % modulus) as $integer,
                    None => n as $integer,
                }
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize);

macro_rules! texts {
    ($($text:ty),*) => {$(
        #[diagnostic::do_not_recommend]
        impl Numbered for $text {
            fn numbered(n: u64) -> Self {
                n.to_string().into()
            }
        }
    )*};
}

texts!(String, Box<str>, Arc<str>, Rc<str>);

#[diagnostic::do_not_recommend]
impl Numbered for Cow<'_, str> {
    fn numbered(n: u64) -> Self {
        n.to_string().into()
    }
}

#[diagnostic::do_not_recommend]
impl Numbered for f64 {
    #[allow(clippy::cast_precision_loss)]
    fn numbered(n: u64) -> Self {
        n as Self
    }
}

#[diagnostic::do_not_recommend]
impl Numbered for f32 {
    #[allow(clippy::cast_precision_loss)]
    fn numbered(n: u64) -> Self {
        n as Self
    }
}

#[diagnostic::do_not_recommend]
impl<T: Numbered> Numbered for Option<T> {
    fn numbered(n: u64) -> Self {
        Some(T::numbered(n))
    }
}

/// Which of `len` values has its turn at row `n`; `len` is checked by the compiler to be at least 1.
#[inline]
pub fn cycle(n: u64, len: usize) -> usize {
    usize::try_from(n % (len as u64).max(1)).unwrap_or(0)
}
