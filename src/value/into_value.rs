//! What a setter takes for a slot of a given type. Knows no factory.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// What a setter accepts for an attribute of type `T`: a `T`; for an `Option`, also the value
/// without `Some`; for the types that hold text, also `&str` and `String`; for a `Vec`, also arrays
/// and slices.
///
/// Literals and `None` take their types from the attribute. What could become several types, such
/// as `x.into()` or `x.collect()`, has to say which.
///
/// # Examples
///
/// ```
/// use manufactory::IntoValue;
///
/// fn age(value: impl IntoValue<u8>) -> u8 {
///     value.into_value()
/// }
/// fn nickname(value: impl IntoValue<Option<String>>) -> Option<String> {
///     value.into_value()
/// }
///
/// assert_eq!(age(3), 3_u8);
/// assert_eq!(nickname("ali"), Some("ali".to_owned()));
/// assert_eq!(nickname(None), None);
/// ```
///
/// For a type of your own, so that a setter takes something simpler:
///
/// ```
/// use manufactory::IntoValue;
///
/// struct Cents(u64);
///
/// impl IntoValue<Cents> for u64 {
///     fn into_value(self) -> Cents {
///         Cents(self)
///     }
/// }
/// # let _: Cents = 3_u64.into_value();
/// ```
#[diagnostic::on_unimplemented(
    message = "the attribute holds `{T}`, which cannot be set from `{Self}`",
    label = "not a value for this attribute",
    note = "a setter takes the attribute's own type; for an `Option` also the value in it; for text also `&str`; \
            for a `Vec` also arrays and slices",
    note = "for rows that differ: `.times(3).each(|i, row| row.setter(..))`"
)]
pub trait IntoValue<T> {
    /// The value for the attribute.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::IntoValue;
    ///
    /// let name: String = "alice".into_value();
    /// assert_eq!(name, "alice");
    /// ```
    fn into_value(self) -> T;
}

// None of these impls is worth naming where none of them fits: the note says what there is.
#[diagnostic::do_not_recommend]
impl<T> IntoValue<T> for T {
    #[inline]
    fn into_value(self) -> T {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<T> IntoValue<Option<T>> for T {
    #[inline]
    fn into_value(self) -> Option<T> {
        Some(self)
    }
}

#[diagnostic::do_not_recommend]
impl<'a> IntoValue<&'a str> for &'a String {
    fn into_value(self) -> &'a str {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<'a> IntoValue<Option<&'a str>> for &'a String {
    fn into_value(self) -> Option<&'a str> {
        Some(self)
    }
}

#[diagnostic::do_not_recommend]
impl<T, U: IntoValue<T>, const N: usize> IntoValue<Vec<T>> for [U; N] {
    fn into_value(self) -> Vec<T> {
        self.into_iter().map(U::into_value).collect()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone, const N: usize> IntoValue<Vec<T>> for &[T; N] {
    fn into_value(self) -> Vec<T> {
        self.to_vec()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone> IntoValue<Vec<T>> for &[T] {
    fn into_value(self) -> Vec<T> {
        self.to_vec()
    }
}

#[diagnostic::do_not_recommend]
impl<T, U: IntoValue<T>, const N: usize> IntoValue<Option<Vec<T>>> for [U; N] {
    fn into_value(self) -> Option<Vec<T>> {
        Some(self.into_value())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone, const N: usize> IntoValue<Option<Vec<T>>> for &[T; N] {
    fn into_value(self) -> Option<Vec<T>> {
        Some(self.to_vec())
    }
}

#[diagnostic::do_not_recommend]
impl<T: Clone> IntoValue<Option<Vec<T>>> for &[T] {
    fn into_value(self) -> Option<Vec<T>> {
        Some(self.to_vec())
    }
}

/// `from(&str | String) => types`: each type and its `Option`.
macro_rules! text {
    ($(from($source:ty) => $($text:ty),+;)+) => {$($(
        #[diagnostic::do_not_recommend]
        impl IntoValue<$text> for $source {
            #[inline]
            fn into_value(self) -> $text {
                self.into()
            }
        }

        #[diagnostic::do_not_recommend]
        impl IntoValue<Option<$text>> for $source {
            #[inline]
            fn into_value(self) -> Option<$text> {
                Some(self.into())
            }
        }
    )+)+};
}

text! {
    from(&str) => String, Box<str>, Arc<str>, Rc<str>;
    from(String) => Box<str>, Arc<str>, Rc<str>;
    from(&String) => String;
}

#[diagnostic::do_not_recommend]
impl<'a> IntoValue<Cow<'a, str>> for &'a str {
    fn into_value(self) -> Cow<'a, str> {
        Cow::Borrowed(self)
    }
}

#[diagnostic::do_not_recommend]
impl<'a> IntoValue<Option<Cow<'a, str>>> for &'a str {
    fn into_value(self) -> Option<Cow<'a, str>> {
        Some(Cow::Borrowed(self))
    }
}

#[diagnostic::do_not_recommend]
impl<'a> IntoValue<Cow<'a, str>> for String {
    fn into_value(self) -> Cow<'a, str> {
        Cow::Owned(self)
    }
}

#[diagnostic::do_not_recommend]
impl<'a> IntoValue<Option<Cow<'a, str>>> for String {
    fn into_value(self) -> Option<Cow<'a, str>> {
        Some(Cow::Owned(self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set<T>(value: impl IntoValue<T>) -> T {
        value.into_value()
    }

    // As the derive writes setters: the type of the attribute is fixed, the type of the argument is
    // inferred.
    fn age(value: impl IntoValue<u8>) -> u8 {
        value.into_value()
    }
    fn float(value: impl IntoValue<f64>) -> f64 {
        value.into_value()
    }
    fn name(value: impl IntoValue<String>) -> String {
        value.into_value()
    }
    fn opt(value: impl IntoValue<Option<String>>) -> Option<String> {
        value.into_value()
    }
    fn opt_age(value: impl IntoValue<Option<u8>>) -> Option<u8> {
        value.into_value()
    }
    fn tags(value: impl IntoValue<Vec<u8>>) -> Vec<u8> {
        value.into_value()
    }
    fn names(value: impl IntoValue<Vec<String>>) -> Vec<String> {
        value.into_value()
    }
    fn opt_names(value: impl IntoValue<Option<Vec<String>>>) -> Option<Vec<String>> {
        value.into_value()
    }

    #[test]
    fn literals_take_the_type_of_the_attribute() {
        assert_eq!(age(3), 3);
        assert_eq!(float(1.5).to_bits(), 1.5_f64.to_bits());
        assert_eq!(opt_age(3), Some(3));
        assert_eq!(opt_age(Some(3)), Some(3));
        assert_eq!(opt_age(None), None);
    }

    #[test]
    fn lists_come_from_arrays_and_slices() {
        assert_eq!(tags(vec![1, 2]), [1, 2]);
        assert!(tags(Vec::new()).is_empty());
        assert_eq!(tags([1, 2]), [1, 2]);
        let few = &[1, 2];
        assert_eq!(tags(few), [1, 2]);
        assert_eq!(tags(&few[..1]), [1]);
        assert_eq!(names(["a", "b"]), ["a", "b"]);
        assert_eq!(names(vec!["a".to_owned()]), ["a"]);
        assert_eq!(opt_names(["a", "b"]), Some(names(["a", "b"])));
        assert_eq!(opt_names(&names(["a"])[..]), opt_names(vec!["a".to_owned()]));
        assert_eq!((opt_names(None), opt_names([""; 0])), (None, Some(Vec::new())));
    }

    #[test]
    fn text_comes_from_borrowed_text() {
        let owned = "x".to_owned();
        assert_eq!(name("x"), owned);
        assert_eq!(name(&owned), owned);
        assert_eq!(name(owned.clone()), owned);
        assert_eq!(opt(None), None);
        assert_eq!(opt("x").as_deref(), Some("x"));
        assert_eq!(opt(&owned).as_deref(), Some("x"));
        assert_eq!(opt(owned.clone()).as_deref(), Some("x"));
        assert_eq!(opt(Some(owned)).as_deref(), Some("x"));
    }

    #[test]
    fn every_kind_of_text() {
        assert_eq!(&*set::<Box<str>>("x"), "x");
        assert_eq!(&*set::<Arc<str>>("x".to_owned()), "x");
        assert_eq!(set::<Option<Rc<str>>>("x").as_deref(), Some("x"));
        assert_eq!(set::<Cow<'static, str>>("x"), "x");
        assert_eq!(set::<Cow<'static, str>>("x".to_owned()), "x");
        assert_eq!(set::<Option<Cow<'static, str>>>("x"), Some(Cow::Borrowed("x")));
        assert_eq!(set::<&'static str>("x"), "x");
        assert_eq!(set::<Option<Option<u8>>>(Some(1)), Some(Some(1)));
    }
}
