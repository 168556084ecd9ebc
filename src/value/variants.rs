//! All variants of an enum, for those who want to see each of them. Knows no factories.

use super::Attribute;

/// An enum that can list its variants. [`#[derive(Auto)]`](derive@crate::Auto) implements it, and
/// [`Factory::coverage`](crate::Factory::coverage) makes rows of it.
///
/// ```
/// use manufactory::{Attribute, Auto, Session, Variants};
///
/// #[derive(Debug, PartialEq, Auto)]
/// enum Plan {
///     Free,
///     Paid { seats: u8 },
/// }
///
/// let session = Session::seeded(42);
/// let attribute = Attribute::new(&session, 0, "plan", 7, 0);
/// assert_eq!(Plan::variants(&attribute), [Plan::Free, Plan::Paid { seats: 7 }]);
/// ```
pub trait Variants: Sized {
    /// One value of each variant, in the order of their declaration; what is in them is automatic, for this attribute of
    /// this row.
    ///
    /// Written by hand, for an enum whose variants are not all to be shown:
    ///
    /// ```
    /// use manufactory::{Attribute, Auto, Session, Variants};
    ///
    /// #[derive(Debug, PartialEq)]
    /// enum Level {
    ///     Low,
    ///     High,
    ///     Unknown,
    /// }
    ///
    /// impl Variants for Level {
    ///     fn variants(_: &Attribute<'_>) -> Vec<Level> {
    ///         vec![Level::Low, Level::High]
    ///     }
    /// }
    ///
    /// let session = Session::seeded(42);
    /// let attribute = Attribute::new(&session, 0, "level", 7, 0);
    /// assert_eq!(Level::variants(&attribute).len(), 2);
    /// ```
    fn variants(attribute: &Attribute<'_>) -> Vec<Self>;
}

/// `Some` of each: `None` is what the attribute gets unless something is said.
#[diagnostic::do_not_recommend]
impl<T: Variants> Variants for Option<T> {
    fn variants(attribute: &Attribute<'_>) -> Vec<Self> {
        T::variants(attribute).into_iter().map(Some).collect()
    }
}
