//! The reference store: tables in memory. Knows columns and common values, never a model's type.
//!
//! ```
//! use manufactory::{Factory, Memory};
//!
//! #[derive(Debug, Factory)]
//! struct User {
//!     username: String,
//! }
//!
//! # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
//! let mut db = Memory::new();
//! User::factory().create(&mut db).await?;
//! assert_eq!(db.count("User"), 1); // a model without a table: the table is called what the model is
//! # Ok::<(), manufactory::Error>(())
//! # }).unwrap();
//! ```

mod default;
mod table;

pub use default::IntoDefault;
pub use table::Duplicate;

use super::{Batch, Search, Store, Value, Values};
use crate::error::BoxError;
use async_trait::async_trait;
use std::collections::BTreeMap;
use std::fmt;
use table::{Mark, Table};

/// A store that keeps all rows in memory: for tests of code that creates models and needs no database of its own.
///
/// It takes any model, each into its table, or where it has none into one of the model's name. There it does what a
/// database does: keys that are left open count from 1, above the largest one given; keys are unique, and so is what
/// [`unique`](Memory::unique) says; columns may have a [default](Memory::with_default) or be
/// [`generated`](Memory::generated); and a call that fails leaves nothing behind. What is left open and has no default
/// gets what [`build`] gives. So does an open key that is no integer.
///
/// ```
/// use manufactory::{Factory, Memory};
///
/// #[derive(Debug, Factory)]
/// #[factory(table = "users")]
/// struct User {
///     #[factory(key)]
///     id: i64,
///     username: String,
/// }
///
/// #[derive(Debug, Factory)]
/// #[factory(table = "posts")]
/// struct Post {
///     #[factory(key)]
///     id: i64,
///     #[factory(sub_factory(UserFactory))]
///     author_id: i64,
/// }
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut db = Memory::new();
/// let alice = User::factory().username("alice").create(&mut db).await?;
/// assert_eq!(alice.id, 1);
///
/// let post = Post::factory().create(&mut db).await?;
/// assert_eq!((post.id, post.author_id), (1, 2));
/// assert_eq!(db.count("users"), 2);
/// assert_eq!(db.rows("users")[0].get("username"), Some(&"alice".into()));
/// # Ok::<(), manufactory::Error>(())
/// # }).unwrap();
/// ```
///
/// [`build`]: crate::Factory::build
#[derive(Default)]
pub struct Memory {
    tables: BTreeMap<String, Table>,
    /// How things were when each open transaction began. A table that is not there had no rows.
    begun: Vec<BTreeMap<String, Mark>>,
}

impl Memory {
    /// No tables, no rows.
    ///
    /// ```
    /// use manufactory::Memory;
    ///
    /// let db = Memory::new();
    /// assert_eq!(db.count("users"), 0);
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// These columns of a table are unique together: of two rows that have the same, the second is refused. A row that
    /// has NULL in one of them is like no other; nor is one that has a value there which is no common one.
    ///
    /// ```
    /// use manufactory::{Factory, Memory};
    ///
    /// #[derive(Debug, Factory)]
    /// #[factory(table = "users")]
    /// struct User {
    ///     username: String,
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut db = Memory::new().unique("users", &["username"]);
    /// User::factory().username("alice").create(&mut db).await.unwrap();
    /// let error = User::factory().username("alice").create(&mut db).await.unwrap_err();
    /// assert_eq!(error.to_string(), r#"cannot insert User, row 0 of 1 with username = "alice""#);
    /// # });
    /// ```
    pub fn unique(mut self, table: &str, columns: &[&'static str]) -> Self {
        self.table(table).unique(columns);
        self
    }

    /// What a column holds where a row leaves it open: a value, or a closure that makes one.
    ///
    /// ```
    /// use manufactory::{Factory, Memory};
    ///
    /// #[derive(Debug, Factory)]
    /// #[factory(table = "users")]
    /// struct User {
    ///     #[factory(database)]
    ///     role: String,
    ///     #[factory(database)]
    ///     number: i32,
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut numbers = 100..;
    /// let db = Memory::new().with_default("users", "role", "member");
    /// let mut db = db.with_default("users", "number", move || numbers.next());
    /// let users = User::factory().times(2).each(|i, user| if i == 1 { user.role("admin") } else { user });
    /// let users = users.create(&mut db).await?;
    /// assert_eq!((users[0].role.as_str(), users[0].number), ("member", 100));
    /// assert_eq!((users[1].role.as_str(), users[1].number), ("admin", 101));
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn with_default<K>(self, table: &str, column: &'static str, default: impl IntoDefault<K>) -> Self {
        let mut default = default.into_default();
        self.generated(table, column, move |_| default())
    }

    /// The same, made from the columns that the row fills: a generated column, or what a trigger does.
    ///
    /// ```
    /// use manufactory::{Factory, Memory, Value};
    ///
    /// #[derive(Debug, Factory)]
    /// #[factory(table = "users")]
    /// struct User {
    ///     #[factory(value("Alice"))]
    ///     username: String,
    ///     #[factory(database)]
    ///     has_name: bool,
    /// }
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let has_name = |row: &manufactory::persist::Values| row.get("username") != Some(&Value::from(""));
    /// let mut db = Memory::new().generated("users", "has_name", has_name);
    /// assert!(User::factory().create(&mut db).await?.has_name);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn generated<V: Into<Value>>(
        mut self,
        table: &str,
        column: &'static str,
        mut make: impl FnMut(&Values) -> V + Send + Sync + 'static,
    ) -> Self {
        self.table(table).generated(column, Box::new(move |row| make(row).into()));
        self
    }

    /// The rows of a table, in the order in which they were created. None where there is no such table.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # let mut db = Memory::new();
    /// User::factory().username("alice").create(&mut db).await?;
    /// assert_eq!(db.rows("users")[0].get("username"), Some(&"alice".into()));
    /// assert!(db.rows("posts").is_empty());
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn rows(&self, table: &str) -> &[Values] {
        self.tables.get(table).map_or(&[], Table::rows)
    }

    /// How many rows a table has.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # let mut db = Memory::new();
    /// User::factory().create_batch(&mut db, 3).await?;
    /// assert_eq!(db.count("users"), 3);
    /// # Ok::<(), manufactory::Error>(())
    /// # }).unwrap();
    /// ```
    pub fn count(&self, table: &str) -> usize {
        self.rows(table).len()
    }

    fn table(&mut self, name: &str) -> &mut Table {
        self.tables.entry(name.to_owned()).or_default()
    }
}

/// Transactions may be nested: [`begin`](Store::begin) one around several calls, and [`rollback`](Store::rollback) it.
#[async_trait]
impl Store for Memory {
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        let name = batch.table().unwrap_or(batch.factory());
        self.table(name).insert(name, batch)
    }

    async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
        let name = search.table().unwrap_or(search.factory());
        let Some(table) = self.tables.get(name) else { return Ok(()) };
        for row in 0..search.len() {
            if let Some(found) = table.find(&search.row(row)) {
                search.found(row, found.clone())?;
            }
        }
        Ok(())
    }

    async fn begin(&mut self) -> Result<(), BoxError> {
        self.begun.push(self.tables.iter().map(|(name, table)| (name.clone(), table.mark())).collect());
        Ok(())
    }

    async fn commit(&mut self) -> Result<(), BoxError> {
        self.begun.pop();
        Ok(())
    }

    async fn rollback(&mut self) -> Result<(), BoxError> {
        self.abandon();
        Ok(())
    }

    fn abandon(&mut self) {
        let Some(marks) = self.begun.pop() else { return };
        for (name, table) in &mut self.tables {
            table.reset(marks.get(name).copied().unwrap_or_default());
        }
    }
}

impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.tables.iter().map(|(name, table)| (name, table.rows()))).finish()
    }
}
