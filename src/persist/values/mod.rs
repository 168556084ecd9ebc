//! Rows as common values: what a record writes for a store that knows no types, and how a record takes values back from
//! it. Knows no store.

mod common;
mod value;

pub use common::integer_as;
#[allow(unused_imports, reason = "nothing is odd without a database")]
pub(crate) use value::Oddity;
pub(crate) use value::short;
pub use value::{Shown, Value};

use super::{Record, Sink, Source};
use crate::error::{BoxError, Error, Stage};
use common::Misfit;
use std::any::type_name;
use std::fmt;

/// The filled columns of a row, in the order of the model's columns, each with its value.
///
/// ```
/// # use manufactory::{Batch, BoxError, Factory, Store, Value, async_trait};
/// # #[derive(Factory)]
/// # #[factory(table = "users")]
/// # struct User {
/// #     #[factory(key)]
/// #     id: i64,
/// #     #[factory(value("alice"))]
/// #     username: String,
/// # }
/// # struct Log(Vec<String>);
/// # #[async_trait]
/// # impl Store for Log {
/// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
/// let table = batch.table().unwrap_or(batch.factory());
/// for row in batch.rows() {
///     let values: Vec<_> = row.iter().map(|(column, value)| format!("{column} = {value}")).collect();
///     self.0.push(format!("{table}: {}", values.join(", ")));
/// }
/// #         Ok(())
/// #     }
/// # }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// # let mut store = Log(Vec::new());
/// # User::factory().create(&mut store).await.unwrap();
/// # assert_eq!(store.0, [r#"users: username = "alice""#]);
/// # });
/// ```
#[derive(Clone, Default)]
pub struct Values {
    columns: Vec<(&'static str, Value)>,
    /// The columns whose values are shown nowhere.
    secret: Vec<&'static str>,
    /// A column whose value could not be converted, and why.
    refused: Option<(&'static str, String)>,
}

impl Values {
    /// No columns.
    ///
    /// ```
    /// use manufactory::persist::Values;
    ///
    /// assert!(Values::new().is_empty());
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// No columns yet, of this factory's.
    #[doc(hidden)]
    pub fn of<F: Record>() -> Self {
        let secret = F::COLUMNS.iter().filter(|column| column.secret).map(|column| column.name).collect();
        Self { secret, ..Self::default() }
    }

    /// The value of a column. `None` where the column is left open, or there is none of this name.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # let mut db = Memory::new();
    /// User::factory().username("alice").create(&mut db).await?;
    /// let row = &db.rows("users")[0];
    /// assert_eq!(row.get("username"), Some(&"alice".into()));
    /// assert_eq!(row.get("email"), None);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn get(&self, column: &str) -> Option<&Value> {
        self.columns.iter().find(|(name, _)| *name == column).map(|(_, value)| value)
    }

    /// The columns' names and values.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # let mut db = Memory::new();
    /// User::factory().create(&mut db).await?;
    /// let row: Vec<_> = db.rows("users")[0].iter().map(|(column, value)| format!("{column} = {value}")).collect();
    /// assert_eq!(row, ["id = 1", r#"username = "alice""#]);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn iter(&self) -> std::slice::Iter<'_, (&'static str, Value)> {
        self.columns.iter()
    }

    /// How many columns are filled.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # let mut db = Memory::new();
    /// User::factory().create(&mut db).await?;
    /// assert_eq!(db.rows("users")[0].len(), 2);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether no column is filled.
    ///
    /// ```
    /// use manufactory::persist::Values;
    ///
    /// assert!(Values::default().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Adds a column whose value cannot be looked at.
    #[doc(hidden)]
    pub fn opaque(&mut self, column: &'static str, type_name: &'static str) {
        self.columns.push((column, Value::Opaque(type_name)));
    }

    /// The values as an error shows them.
    #[doc(hidden)]
    pub fn describe(self) -> Vec<(&'static str, Shown)> {
        let secret = self.secret;
        let shown = |(column, value): (&'static str, Value)| {
            let text = if secret.contains(&column) { SECRET.to_owned() } else { value.to_string() };
            (column, Shown { text, oddity: value.oddity() })
        };
        self.columns.into_iter().map(shown).collect()
    }

    /// The column whose value could not be converted, and why.
    pub(crate) fn refused(&self) -> Option<(&'static str, &str)> {
        self.refused.as_ref().map(|(column, why)| (*column, why.as_str()))
    }

    /// Leaves these columns.
    pub(super) fn retain(&mut self, mut keep: impl FnMut(&'static str) -> bool) {
        self.columns.retain(|(column, _)| keep(column));
    }

    /// Changes a column, or adds it.
    pub(super) fn set(&mut self, column: &'static str, value: Value) {
        match self.columns.iter_mut().find(|(name, _)| *name == column) {
            Some((_, old)) => *old = value,
            None => self.columns.push((column, value)),
        }
    }

    /// Brings the columns into the order that `position` gives.
    pub(super) fn sort_by_key(&mut self, position: impl Fn(&str) -> usize) {
        self.columns.sort_by_key(|(column, _)| position(column));
    }
}

/// What stands for a value that is shown nowhere.
const SECRET: &str = "(secret)";

impl PartialEq for Values {
    fn eq(&self, other: &Self) -> bool {
        self.columns == other.columns
    }
}

impl fmt::Debug for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut map = f.debug_map();
        for (column, value) in &self.columns {
            if self.secret.contains(column) {
                map.entry(column, &format_args!("{SECRET}"));
            } else {
                map.entry(column, value);
            }
        }
        map.finish()
    }
}

impl IntoIterator for Values {
    type Item = (&'static str, Value);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.columns.into_iter()
    }
}

impl<'a> IntoIterator for &'a Values {
    type Item = &'a (&'static str, Value);
    type IntoIter = std::slice::Iter<'a, (&'static str, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<T: 'static> Sink<T> for Values {
    fn put(&mut self, column: &'static str, value: &T) {
        let value = common::value_of(value).unwrap_or_else(|| Value::Opaque(type_name::<T>()));
        self.columns.push((column, value));
    }

    fn refuse(&mut self, column: &'static str, why: BoxError) {
        self.refused.get_or_insert((column, why.to_string()));
    }
}

/// A value as this type, if it fits.
#[cfg(feature = "seed")]
pub(crate) fn common_as<T: 'static>(value: &Value) -> Option<T> {
    common::from_value(value).ok()
}

/// What a row is read back from: what was written, except where the store gave something else.
#[derive(Debug)]
pub struct Overlay {
    factory: &'static str,
    attribute: fn(&'static str) -> &'static str,
    given: Values,
}

impl Overlay {
    pub(super) fn of<F: Record>(given: Values) -> Self {
        Self { factory: F::NAME, attribute: F::attribute, given }
    }
}

impl<T: 'static> Source<T> for Overlay {
    fn take(&mut self, column: &'static str, written: Option<T>) -> Result<T, Error> {
        let why = match (self.given.get(column), written) {
            (None, Some(written)) => return Ok(written),
            (None, None) => "the store gave no value for it".to_owned(),
            (Some(value), _) => match common::from_value(value) {
                Ok(value) => return Ok(value),
                Err(misfit) => refusal(value, &misfit, &short(type_name::<T>())),
            },
        };
        Err(Error::new(Stage::Read, self.factory, BoxError::from(why)).attribute((self.attribute)(column)))
    }
}

fn refusal(value: &Value, misfit: &Misfit, type_name: &str) -> String {
    let kind = value.kind();
    match misfit {
        Misfit::Value => format!("the store gave {kind}, which does not fit `{type_name}`"),
        Misfit::Type => format!(
            "the store gave {kind}, and a `{type_name}` is made from no common value; \
             give the column such a type with `#[factory(as(..))]`, or let the store set the model's field itself"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq)]
    struct Role;

    fn overlay(value: Value) -> Overlay {
        let mut given = Values::new();
        given.set("role", value);
        Overlay { factory: "User", attribute: |column| column, given }
    }

    #[test]
    fn what_the_store_gave_stands_above_what_was_written() {
        let mut source = overlay(Value::Int(7));
        assert_eq!(Source::<i64>::take(&mut source, "role", Some(1)).unwrap(), 7);
        assert_eq!(Source::<Option<u8>>::take(&mut source, "role", Some(None)).unwrap(), Some(7));
        assert_eq!(Source::<i64>::take(&mut source, "id", Some(1)).unwrap(), 1);
        assert_eq!(Source::take(&mut source, "other", Some(Role)).unwrap(), Role);
    }

    #[test]
    fn a_value_that_does_not_fit_names_the_attribute_and_keeps_itself_secret() {
        let error = Source::<i64>::take(&mut overlay("hunter2".into()), "role", None).unwrap_err();
        assert_eq!(error.stage(), Stage::Read);
        let text = "cannot read back User.role\n  because: the store gave text, which does not fit `i64`";
        assert_eq!(format!("{error:?}"), text);

        let error = Source::<Role>::take(&mut overlay("x".into()), "role", Some(Role)).unwrap_err();
        assert!(format!("{error:?}").contains("a `Role` is made from no common value"), "{error:?}");

        let error = Source::<Role>::take(&mut overlay("x".into()), "id", None).unwrap_err();
        assert!(format!("{error:?}").ends_with("the store gave no value for it"), "{error:?}");
    }

    #[test]
    fn types_of_others_are_opaque() {
        let mut values = Values::new();
        values.put("role", &Role);
        values.put("roles", &Some(vec![Role]));
        values.put("age", &Some(3_u8));
        let described = values.describe().into_iter().map(|(column, value)| format!("{column}={value}"));
        assert_eq!(described.collect::<Vec<_>>(), ["role=(Role)", "roles=(Option<Vec<Role>>)", "age=3"]);
    }
}
