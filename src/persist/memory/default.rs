//! What may stand as a column's default. Knows no column.

use super::super::Value;

/// A value, or a closure that makes one for each row. `K` tells the two apart, and is always inferred.
///
/// ```
/// # use manufactory::{Factory, Memory};
/// # #[derive(Debug, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(database)] role: String, #[factory(database)] number: i64 }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut numbers = 100..;
/// let mut db = Memory::new()
///     .with_default("users", "role", "member") // a value
///     .with_default("users", "number", move || numbers.next()); // a closure
/// let user = User::factory().create(&mut db).await?;
/// assert_eq!((user.role.as_str(), user.number), ("member", 100));
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no default of a column",
    label = "neither a common value nor a closure that returns one",
    note = "pass anything that turns `into` a `manufactory::Value`, or a closure without parameters that returns such"
)]
pub trait IntoDefault<K> {
    /// The closure.
    #[doc(hidden)]
    fn into_default(self) -> impl FnMut() -> Value + Send + Sync + 'static;
}

/// The same value for every row.
#[derive(Debug)]
pub struct Constant;

/// Made for each row.
#[derive(Debug)]
pub struct Made<V>(V);

#[diagnostic::do_not_recommend]
impl<T: Into<Value>> IntoDefault<Constant> for T {
    fn into_default(self) -> impl FnMut() -> Value + Send + Sync + 'static {
        let value: Value = self.into();
        move || value.clone()
    }
}

#[diagnostic::do_not_recommend]
impl<V: Into<Value>, F: FnMut() -> V + Send + Sync + 'static> IntoDefault<Made<V>> for F {
    fn into_default(mut self) -> impl FnMut() -> Value + Send + Sync + 'static {
        move || self().into()
    }
}
