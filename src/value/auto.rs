//! The value of an attribute that nothing is declared for, by its type. Knows the types of the
//! standard library; those of other libraries are in `foreign`.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::marker::PhantomData;
use std::net::{IpAddr, Ipv4Addr};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use super::text;
use crate::session::{Now, Session, Stream, hash};

/// A type whose attributes need no declaration: it has a plain, readable value for every row.
///
/// | type | value |
/// |---|---|
/// | `Option` | `None` |
/// | `bool` | `false` |
/// | numbers | the row's number `n`, starting again at 0 after the type's maximum |
/// | `char` | `'a'` |
/// | `String` and other owned text | the attribute's name and `n`; with the feature `fake`, a faker chosen by the name |
/// | `&'static str` | the attribute's name |
/// | collections | empty |
/// | `Box`, `Rc`, `Arc`, arrays | of automatic values |
/// | dates and times | the session's clock |
/// | `Duration` | zero |
/// | `Ipv4Addr`, `IpAddr` | numbered by `n` within `10.0.0.0/8` |
/// | `Uuid` | random, version 4 |
/// | `serde_json::Value` | `{}` |
///
/// For a type of your own, [`#[derive(Auto)]`](derive@crate::Auto), or write it by hand:
///
/// ```
/// use manufactory::{Attribute, Auto};
///
/// #[derive(Debug, PartialEq)]
/// struct Cents(u64);
///
/// impl Auto for Cents {
///     fn auto(attribute: &Attribute<'_>) -> Cents {
///         Cents(100 * attribute.n())
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no automatic value",
    label = "nothing says what value this attribute gets",
    note = "declare the attribute: `#[factory(value(..))]`, `default`, `sequence(..)`, `lazy(..)`; \
            or for a type of your own `#[derive(manufactory::Auto)]`",
    note = "types of chrono, time, jiff, uuid, rust_decimal and bigdecimal: with manufactory's feature of that name"
)]
pub trait Auto: Sized {
    /// The value for this attribute of this row.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::{Attribute, Auto, Session};
    ///
    /// let session = Session::seeded(42);
    /// let attribute = Attribute::new(&session, 0, "age", 300, 0);
    /// assert_eq!(u64::auto(&attribute), 300);
    /// assert_eq!(u8::auto(&attribute), 44);
    /// ```
    fn auto(attribute: &Attribute<'_>) -> Self;
}

/// One attribute of one row, for which a value is wanted.
///
/// # Examples
///
/// ```
/// use manufactory::{Attribute, Session};
///
/// let session = Session::seeded(42);
/// let attribute = Attribute::new(&session, 0, "age", 7, 0);
/// assert_eq!(format!("{} of row {}", attribute.name(), attribute.n()), "age of row 7");
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Attribute<'a> {
    session: &'a Session,
    hash: u64,
    name: &'static str,
    n: u64,
    ordinal: u64,
}

impl<'a> Attribute<'a> {
    /// The attribute `name` of the row that has this number and this ordinal; `hash` is what its
    /// randomness is keyed by.
    #[doc(hidden)]
    #[inline]
    pub fn new(session: &'a Session, hash: u64, name: &'static str, n: u64, ordinal: u64) -> Attribute<'a> {
        Attribute { session, hash, name, n, ordinal }
    }

    /// The row's number.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::{Attribute, Session};
    ///
    /// let session = Session::seeded(42);
    /// assert_eq!(Attribute::new(&session, 0, "age", 7, 0).n(), 7);
    /// ```
    #[inline]
    pub fn n(&self) -> u64 {
        self.n
    }

    /// The attribute's name.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::{Attribute, Session};
    ///
    /// let session = Session::seeded(42);
    /// assert_eq!(Attribute::new(&session, 0, "age", 7, 0).name(), "age");
    /// ```
    #[inline]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The attribute `name` within this one: of the same row, with randomness of its own.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::{Attribute, Session};
    ///
    /// let session = Session::seeded(42);
    /// let address = Attribute::new(&session, 0, "address", 7, 0);
    /// assert_eq!((address.field("city").name(), address.field("city").n()), ("city", 7));
    /// assert_ne!(address.field("city").stream(), address.field("street").stream());
    /// ```
    pub fn field(&self, name: &'static str) -> Attribute<'a> {
        Attribute { name, ..self.part(hash(name)) }
    }

    /// The same for a field without a name: it goes by that of the whole.
    #[doc(hidden)]
    pub fn nth(&self, index: usize) -> Attribute<'a> {
        self.part(index as u64)
    }

    /// Mixed so that neither the order of the parts nor how deep they are is lost.
    fn part(&self, part: u64) -> Attribute<'a> {
        const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
        Attribute { hash: (self.hash.rotate_left(23) ^ part).wrapping_add(1).wrapping_mul(ODD), ..*self }
    }

    /// The time on the session's clock.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::SystemTime;
    /// use manufactory::{Attribute, Session};
    ///
    /// let session = Session::seeded(42).at(SystemTime::UNIX_EPOCH);
    /// assert_eq!(Attribute::new(&session, 0, "at", 7, 0).now().system_time(), SystemTime::UNIX_EPOCH);
    /// ```
    pub fn now(&self) -> Now {
        self.session.now()
    }

    /// The attribute's own randomness. It starts anew with every call.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::{Attribute, Session};
    ///
    /// let session = Session::seeded(42);
    /// let attribute = Attribute::new(&session, 0, "age", 7, 0);
    /// assert_eq!(attribute.stream(), attribute.stream());
    /// ```
    pub fn stream(&self) -> Stream {
        self.session.stream(self.hash, self.ordinal)
    }
}

// An impl is not worth naming to somebody whose type has none: the note says what to do.
macro_rules! integers {
    ($($integer:ty),+) => {$(
        #[diagnostic::do_not_recommend]
        impl Auto for $integer {
            #[inline]
            #[allow(
                clippy::allow_attributes,
                clippy::cast_lossless,
                clippy::cast_possible_truncation,
                clippy::cast_possible_wrap,
                clippy::cast_sign_loss,
                reason = "the mask keeps the number within the type: its maximum is a row of ones"
            )]
            fn auto(attribute: &Attribute<'_>) -> $integer {
                (attribute.n() & <$integer>::MAX as u64) as $integer
            }
        }
    )+};
}

integers!(u8, u16, u32, u64, u128, usize, i8, i16, i32, i64, i128, isize);

macro_rules! floats {
    ($($float:ty),+) => {$(
        #[diagnostic::do_not_recommend]
        impl Auto for $float {
            #[inline]
            #[expect(clippy::cast_precision_loss, reason = "the nearest is good enough for a row's number")]
            fn auto(attribute: &Attribute<'_>) -> $float {
                attribute.n() as $float
            }
        }
    )+};
}

floats!(f32, f64);

macro_rules! empty {
    ($(<$($parameter:ident $(: $bound:ident)?),*> $type:ty),+ $(,)?) => {$(
        #[diagnostic::do_not_recommend]
        impl<$($parameter $(: $bound)?),*> Auto for $type {
            #[inline]
            fn auto(_attribute: &Attribute<'_>) -> $type {
                Default::default()
            }
        }
    )+};
}

empty! {
    <> (),
    <> bool,
    <> Duration,
    <T> Option<T>,
    <T> Vec<T>,
    <T> VecDeque<T>,
    <T> LinkedList<T>,
    <T: Ord> BinaryHeap<T>,
    <T> BTreeSet<T>,
    <K, V> BTreeMap<K, V>,
    <T, S: Default> HashSet<T, S>,
    <K, V, S: Default> HashMap<K, V, S>,
}

#[diagnostic::do_not_recommend]
impl<T: ?Sized> Auto for PhantomData<T> {
    fn auto(_attribute: &Attribute<'_>) -> PhantomData<T> {
        PhantomData
    }
}

#[diagnostic::do_not_recommend]
impl Auto for char {
    fn auto(_attribute: &Attribute<'_>) -> char {
        'a'
    }
}

#[diagnostic::do_not_recommend]
impl Auto for &'static str {
    fn auto(attribute: &Attribute<'_>) -> &'static str {
        attribute.name()
    }
}

macro_rules! texts {
    ($($text:ty),+) => {$(
        #[diagnostic::do_not_recommend]
        impl Auto for $text {
            fn auto(attribute: &Attribute<'_>) -> $text {
                text::auto(attribute).into()
            }
        }
    )+};
}

texts!(String, Box<str>, Rc<str>, Arc<str>);

#[diagnostic::do_not_recommend]
impl Auto for Cow<'_, str> {
    fn auto(attribute: &Attribute<'_>) -> Self {
        String::auto(attribute).into()
    }
}

macro_rules! pointers {
    ($($pointer:ident),+) => {$(
        #[diagnostic::do_not_recommend]
        impl<T: Auto> Auto for $pointer<T> {
            fn auto(attribute: &Attribute<'_>) -> $pointer<T> {
                $pointer::new(T::auto(attribute))
            }
        }
    )+};
}

pointers!(Box, Rc, Arc);

#[diagnostic::do_not_recommend]
impl<T: Auto, const N: usize> Auto for [T; N] {
    fn auto(attribute: &Attribute<'_>) -> [T; N] {
        std::array::from_fn(|_| T::auto(attribute))
    }
}

#[diagnostic::do_not_recommend]
impl Auto for SystemTime {
    fn auto(attribute: &Attribute<'_>) -> SystemTime {
        attribute.now().into()
    }
}

#[diagnostic::do_not_recommend]
impl Auto for Ipv4Addr {
    fn auto(attribute: &Attribute<'_>) -> Ipv4Addr {
        let [.., a, b, c] = attribute.n().to_be_bytes();
        Ipv4Addr::new(10, a, b, c)
    }
}

#[diagnostic::do_not_recommend]
impl Auto for IpAddr {
    fn auto(attribute: &Attribute<'_>) -> IpAddr {
        IpAddr::V4(Ipv4Addr::auto(attribute))
    }
}
