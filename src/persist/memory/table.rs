//! One table: its rows, its defaults, its keys, and what is unique in it. Knows nothing of other tables.

use super::super::{Batch, Value, Values};
use crate::error::BoxError;
use std::collections::HashMap;
use std::error::Error as StdError;
use std::fmt;

/// Makes a column's value from the filled ones.
type Make = Box<dyn FnMut(&Values) -> Value + Send + Sync>;

#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Values>,
    made: Vec<(&'static str, Make)>,
    indexes: Vec<Index>,
    /// The largest integer key so far.
    largest: i64,
}

/// How many rows there were, and the largest key.
pub(super) type Mark = (usize, i64);

impl Table {
    pub(super) fn rows(&self) -> &[Values] {
        &self.rows
    }

    /// The first row that has these values.
    pub(super) fn find(&self, values: &Values) -> Option<&Values> {
        self.rows.iter().find(|row| values.iter().all(|(column, value)| row.get(column) == Some(value)))
    }

    pub(super) fn generated(&mut self, column: &'static str, make: Make) {
        self.made.retain(|(other, _)| *other != column);
        self.made.push((column, make));
    }

    pub(super) fn unique(&mut self, columns: &[&'static str]) {
        if columns.is_empty() || self.indexes.iter().any(|index| index.columns == columns) {
            return;
        }
        let mut index = Index { columns: columns.to_vec(), rows: HashMap::new() };
        for (i, row) in self.rows.iter().enumerate() {
            index.rows.extend(index.entry(row).map(|entry| (entry, i)));
        }
        self.indexes.push(index);
    }

    /// How things are.
    pub(super) fn mark(&self) -> Mark {
        (self.rows.len(), self.largest)
    }

    /// Makes things as they were.
    pub(super) fn reset(&mut self, (rows, largest): Mark) {
        for row in self.rows.drain(rows.min(self.rows.len())..) {
            for index in &mut self.indexes {
                if let Some(entry) = index.entry(&row) {
                    index.rows.remove(&entry);
                }
            }
        }
        self.largest = largest;
    }

    pub(super) fn insert(&mut self, name: &str, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        let key: Vec<_> = batch.columns().iter().filter(|column| column.key).map(|column| column.name).collect();
        self.unique(&key);
        self.fill(batch)?;
        if let [key] = key[..] {
            self.number(key, batch)?;
        } else {
            batch.complete();
        }
        for (i, row) in batch.rows().into_iter().enumerate() {
            self.push(name, row).map_err(|error| Batch::failed(i, error))?;
        }
        Ok(())
    }

    /// Gives open columns their defaults.
    fn fill(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        let columns = batch.columns();
        for (i, row) in batch.rows().iter().enumerate() {
            for (column, make) in &mut self.made {
                if row.get(column).is_none() && columns.iter().any(|known| known.name == *column) {
                    batch.set(i, column, make(row))?;
                }
            }
        }
        Ok(())
    }

    /// Gives open keys the next integers, unless the key is something else; and fills what is still open besides.
    fn number(&mut self, key: &'static str, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        let open: Vec<_> = batch.rows().iter().map(|row| row.get(key).is_none()).collect();
        batch.complete();
        let rows = batch.rows();
        for (row, open) in rows.iter().zip(&open) {
            if let (Some(Value::Int(given)), false) = (row.get(key), open) {
                self.largest = self.largest.max(*given);
            }
        }
        for (i, (row, open)) in rows.iter().zip(open).enumerate() {
            // What `build` gives shows whether integers fit; an `Option` has none.
            if open && matches!(row.get(key), Some(Value::Int(_) | Value::Null)) {
                self.largest = self.largest.checked_add(1).ok_or_else(|| Batch::failed(i, "there is no larger key"))?;
                batch.set(i, key, self.largest)?;
            }
        }
        Ok(())
    }

    /// Adds a row, with the columns that the table has and the model has not.
    fn push(&mut self, name: &str, mut row: Values) -> Result<(), Duplicate> {
        for (column, make) in &mut self.made {
            if row.get(column).is_none() {
                let value = make(&row);
                row.set(column, value);
            }
        }
        let entries: Vec<_> = self.indexes.iter().map(|index| index.entry(&row)).collect();
        for (index, entry) in self.indexes.iter().zip(&entries) {
            if let Some(row) = entry.as_ref().and_then(|entry| index.rows.get(entry)) {
                return Err(Duplicate { table: name.to_owned(), columns: index.columns.clone(), row: *row });
            }
        }
        for (index, entry) in self.indexes.iter_mut().zip(entries) {
            index.rows.extend(entry.map(|entry| (entry, self.rows.len())));
        }
        self.rows.push(row);
        Ok(())
    }
}

/// Columns that are unique together, and which row has what there.
struct Index {
    columns: Vec<&'static str>,
    rows: HashMap<String, usize>,
}

impl Index {
    /// What a row has in the columns. `None` where it is like no other.
    fn entry(&self, row: &Values) -> Option<String> {
        let values = self.columns.iter().map(|column| match row.get(column) {
            None | Some(Value::Null | Value::Opaque(_)) => None,
            value => value,
        });
        // A float can be neither compared nor hashed as it is; its text can.
        values.collect::<Option<Vec<_>>>().map(|values| format!("{values:?}"))
    }
}

/// Why [`Memory`](super::Memory) refused a row: another one has the same key, or the same in columns that are
/// [`unique`](super::Memory::unique). The source of the error of [`create`].
///
/// ```
/// use manufactory::persist::memory::Duplicate;
/// # use manufactory::{Factory, Memory};
/// use std::error::Error;
///
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut db = Memory::new().unique("users", &["username"]);
/// let error = User::factory().create_batch(&mut db, 2).await.unwrap_err();
/// let duplicate = error.source().and_then(|source| source.downcast_ref::<Duplicate>()).unwrap();
/// assert_eq!(duplicate.to_string(), "row 0 of `users` has the same `username`");
/// # });
/// ```
///
/// [`create`]: crate::Factory::create
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    table: String,
    columns: Vec<&'static str>,
    row: usize,
}

impl Duplicate {
    /// The table.
    ///
    /// ```
    /// # fn shown(duplicate: &manufactory::persist::memory::Duplicate) -> String {
    /// format!("there is one in {}", duplicate.table()) // "there is one in users"
    /// # }
    /// ```
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The columns that are unique together.
    ///
    /// ```
    /// # fn shown(duplicate: &manufactory::persist::memory::Duplicate) -> bool {
    /// duplicate.columns() == ["username"]
    /// # }
    /// ```
    pub fn columns(&self) -> &[&'static str] {
        &self.columns
    }

    /// The row that was there before, counted from 0.
    ///
    /// ```
    /// # fn shown(db: &manufactory::Memory, duplicate: &manufactory::persist::memory::Duplicate) {
    /// println!("{:?} was there before", db.rows(duplicate.table())[duplicate.row()]);
    /// # }
    /// ```
    pub fn row(&self) -> usize {
        self.row
    }
}

impl fmt::Display for Duplicate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the value itself: the attribute may be a secret.
        let Self { table, columns, row } = self;
        write!(f, "row {row} of `{table}` has the same `{}`", columns.join("`, `"))
    }
}

impl StdError for Duplicate {}
