//! What declared text and fakers become in an attribute. The derive says so by these traits, so that a mistake is told in
//! their words, at the user's expression.

/// Text that an attribute of type `T` takes: a string literal, or what `format` has written.
#[diagnostic::on_unimplemented(
    message = "text makes no `{T}`",
    label = "text, where the attribute holds a `{T}`",
    note = "write an expression of that type, or make it from text: `impl From<{Self}> for {T}`"
)]
pub trait IntoText<T> {
    /// The attribute's value.
    fn into_text(self) -> T;
}

#[diagnostic::do_not_recommend]
impl<'t, T: From<&'t str>> IntoText<T> for &'t str {
    #[inline]
    fn into_text(self) -> T {
        self.into()
    }
}

#[diagnostic::do_not_recommend]
impl<T: From<String>> IntoText<T> for String {
    #[inline]
    fn into_text(self) -> T {
        self.into()
    }
}

/// The value that is made of text.
#[inline]
pub fn text<T, S: IntoText<T>>(text: S) -> T {
    text.into_text()
}

/// A faker whose values an attribute of type `T` takes.
#[cfg(feature = "fake")]
#[diagnostic::on_unimplemented(
    message = "the faker `{Self}` makes no `{T}`",
    label = "not a faker for an attribute that holds a `{T}`",
    note = "take a faker of that type, or convert: `lazy(|rng| {{ let value: Other = Faker().fake_with_rng(rng); .. }})`"
)]
pub trait Fakes<T> {
    /// One value.
    fn fake(&self, stream: &mut crate::session::Stream) -> T;
}

#[cfg(feature = "fake")]
#[diagnostic::do_not_recommend]
impl<T: fake::Dummy<F>, F> Fakes<T> for F {
    #[inline]
    fn fake(&self, stream: &mut crate::session::Stream) -> T {
        T::dummy_with_rng(self, stream)
    }
}

/// One value of a faker.
#[cfg(feature = "fake")]
#[inline]
#[expect(
    clippy::needless_pass_by_value,
    reason = "the argument is then the user's own expression, where a mistake in it is shown"
)]
pub fn faked<T, F: Fakes<T>>(faker: F, stream: &mut crate::session::Stream) -> T {
    faker.fake(stream)
}
