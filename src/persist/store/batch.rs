//! A batch as a store sees it: models by their type, or rows by their columns. Knows no factory's type.

use super::super::{Column, Value, Values};
use super::pending::{Erased, RowError};
use crate::error::BoxError;
use std::any::TypeId;
use std::fmt;

/// Rows of one factory on their way into a [`Store`](crate::Store): built, and not stored anywhere yet.
///
/// A store takes the models themselves ([`models`](Batch::models)) where it knows their type, or looks at columns and
/// common values ([`rows`](Batch::rows)) where it stores anything. Either way it may set what a database would: keys,
/// defaults. [`create`] returns what it leaves here, and parents' keys are taken from it.
///
/// ```
/// use manufactory::{Batch, BoxError, Factory, Store, async_trait};
///
/// #[derive(Debug, Factory)]
/// struct User {
///     #[factory(key)]
///     id: usize,
///     #[factory(value("alice"))]
///     username: String,
/// }
///
/// /// Names, by the user's number.
/// #[derive(Default)]
/// struct Names(Vec<String>);
///
/// #[async_trait]
/// impl Store for Names {
///     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
///         for user in batch.models::<User>().into_iter().flatten() {
///             self.0.push(user.username.clone());
///             user.id = self.0.len();
///         }
///         Ok(())
///     }
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut names = Names::default();
/// let users = User::factory().create_batch(&mut names, 2).await?;
/// assert_eq!((users[1].id, names.0.len()), (2, 2));
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
///
/// [`create`]: crate::Factory::create
pub struct Batch<'b> {
    rows: &'b mut (dyn Erased + 'b),
    asked: bool,
}

impl<'b> Batch<'b> {
    pub(super) fn new(rows: &'b mut (dyn Erased + 'b)) -> Self {
        Self { rows, asked: false }
    }

    /// Whether the store has looked at the models or the rows.
    pub(super) fn was_asked(&self) -> bool {
        self.asked
    }

    /// The model's name: `"User"`.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # struct Mine;
    /// # #[async_trait]
    /// # impl Store for Mine {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
    /// assert_eq!(batch.factory(), "User");
    /// # batch.complete();
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(User::factory().create(&mut Mine)).unwrap();
    /// ```
    pub fn factory(&self) -> &'static str {
        self.rows.name()
    }

    /// The model's table, where it has one.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # struct Mine;
    /// # #[async_trait]
    /// # impl Store for Mine {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
    /// let table = batch.table().unwrap_or(batch.factory());
    /// assert_eq!(table, "users");
    /// # batch.complete();
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(User::factory().create(&mut Mine)).unwrap();
    /// ```
    pub fn table(&self) -> Option<&'static str> {
        self.rows.table()
    }

    /// The model's columns.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # struct Mine;
    /// # #[async_trait]
    /// # impl Store for Mine {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
    /// let columns: Vec<_> = batch.columns().iter().map(|column| column.name).collect();
    /// assert_eq!(columns, ["id", "username"]);
    /// # batch.complete();
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(User::factory().create(&mut Mine)).unwrap();
    /// ```
    pub fn columns(&self) -> &'static [Column] {
        self.rows.columns()
    }

    /// How many rows there are: one at least.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # struct Mine;
    /// # #[async_trait]
    /// # impl Store for Mine {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
    /// assert_eq!(batch.len(), 1);
    /// # batch.complete();
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(User::factory().create(&mut Mine)).unwrap();
    /// ```
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are no rows, which does not happen.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # struct Mine;
    /// # #[async_trait]
    /// # impl Store for Mine {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
    /// assert!(!batch.is_empty());
    /// # batch.complete();
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(User::factory().create(&mut Mine)).unwrap();
    /// ```
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The built models, if they are of type `M`. What a database would make holds what [`build`] gives, or what was
    /// [`set`](Batch::set) before.
    ///
    /// The store may change them: [`create`] returns what it leaves here.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # struct Mine;
    /// # #[async_trait]
    /// # impl Store for Mine {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
    /// if let Some(users) = batch.models::<User>() {
    ///     for user in users {
    ///         user.id = 7;
    ///     }
    /// }
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(User::factory().create(&mut Mine)).unwrap();
    /// ```
    ///
    /// [`build`]: crate::Factory::build
    /// [`create`]: crate::Factory::create
    pub fn models<M: 'static>(&mut self) -> Option<&mut [M]> {
        if self.rows.model() != TypeId::of::<M>() {
            return None;
        }
        self.asked = true;
        self.rows.models()?.downcast_mut::<Vec<M>>().map(Vec::as_mut_slice)
    }

    /// All rows by their columns, without those that are left open for the store to fill.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # struct Mine;
    /// # #[async_trait]
    /// # impl Store for Mine {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
    /// for row in batch.rows() {
    ///     assert_eq!(row.get("username"), Some(&"alice".into()));
    ///     assert_eq!(row.get("id"), None); // left open: the key is the store's to give
    /// }
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(User::factory().create(&mut Mine)).unwrap();
    /// ```
    pub fn rows(&mut self) -> Vec<Values> {
        (0..self.len()).filter_map(|row| self.row(row)).collect()
    }

    /// One of the [`rows`](Batch::rows), counted from 0. `None` where there is no such row.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # struct Mine;
    /// # #[async_trait]
    /// # impl Store for Mine {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
    /// let first = batch.row(0).unwrap_or_default();
    /// assert_eq!(first.get("username"), Some(&"alice".into()));
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(User::factory().create(&mut Mine)).unwrap();
    /// ```
    pub fn row(&mut self, row: usize) -> Option<Values> {
        self.asked = true;
        self.rows.row(row)
    }

    /// Sets a column of a row: fills one that is left open, or changes one that is not. A column that is left open and
    /// never set gets what [`build`] gives.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # struct Mine;
    /// # #[async_trait]
    /// # impl Store for Mine {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
    /// for row in 0..batch.len() {
    ///     batch.set(row, "id", 100 + row as i64)?;
    /// }
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(User::factory().create(&mut Mine)).unwrap();
    /// ```
    ///
    /// # Errors
    /// There is no such row or column, or the models were taken before: then set their fields. Whether the value fits
    /// the field shows when the row is read back.
    ///
    /// [`build`]: crate::Factory::build
    pub fn set(&mut self, row: usize, column: &str, value: impl Into<Value>) -> Result<(), BoxError> {
        let (factory, rows) = (self.factory(), self.len());
        if row >= rows {
            return Err(format!("there is no row {row} in a batch of {rows}").into());
        }
        let Some(known) = self.columns().iter().find(|known| known.name == column) else {
            let names: Vec<_> = self.columns().iter().map(|known| known.name).collect();
            return Err(format!("`{factory}` has no column `{column}`; it has {}", names.join(", ")).into());
        };
        self.asked = true;
        if self.rows.set(row, known.name, value.into()) {
            Ok(())
        } else {
            Err(format!("cannot set `{column}`: the models of `{factory}` were taken, set their fields instead").into())
        }
    }

    /// Fills every column that is still open as [`build`] would: for a store that has no defaults of its own.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Store, async_trait};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// # struct Mine;
    /// # #[async_trait]
    /// # impl Store for Mine {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
    /// batch.set(0, "id", 7)?;
    /// batch.complete();
    /// assert_eq!(batch.row(0).map(|row| row.len()), Some(2)); // no column is open any more
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(User::factory().create(&mut Mine)).unwrap();
    /// ```
    ///
    /// [`build`]: crate::Factory::build
    pub fn complete(&mut self) {
        self.asked = true;
        self.rows.complete();
    }

    /// The error, and which row it is about, counted from 0: the error of [`create`] then names the row and its values.
    ///
    /// ```
    /// # use manufactory::{Batch, BoxError, Factory, Store, async_trait};
    /// # #[derive(Debug, Factory)]
    /// # struct User {
    /// #     #[factory(value("alice"))]
    /// #     username: String,
    /// # }
    /// # struct Closed;
    /// # #[async_trait]
    /// # impl Store for Closed {
    /// #     async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
    /// for (i, row) in batch.rows().iter().enumerate() {
    ///     if row.get("username") == Some(&"alice".into()) {
    ///         return Err(Batch::failed(i, "no one is called that"));
    ///     }
    /// }
    /// #         Ok(())
    /// #     }
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # let error = User::factory().create(&mut Closed).await.unwrap_err();
    /// # assert_eq!(error.to_string(), r#"cannot insert User, row 0 of 1 with username = "alice""#);
    /// # });
    /// ```
    ///
    /// [`create`]: crate::Factory::create
    pub fn failed(row: usize, error: impl Into<BoxError>) -> BoxError {
        Box::new(RowError { row, why: error.into() })
    }
}

impl fmt::Debug for Batch<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Batch").field("factory", &self.factory()).field("len", &self.len()).finish_non_exhaustive()
    }
}
