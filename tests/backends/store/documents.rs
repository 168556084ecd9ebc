//! A store of any model, that keeps each row as a document: it is put to every promise.

use manufactory::conformance::{Subject, conformance};
use manufactory::persist::{Stores, Values};
use manufactory::{Batch, BoxError, Handle, Search, Store, Value, async_trait};
use std::collections::{BTreeMap, BTreeSet};

/// Rows by their table, and what must not come twice.
#[derive(Clone, Default)]
struct Documents {
    tables: BTreeMap<&'static str, Vec<Values>>,
    taken: BTreeSet<String>,
    begun: Vec<Self>,
}

impl Documents {
    /// Refuses a row that has what another one has.
    fn take(&mut self, table: &str, columns: &[&str], row: &Values) -> Result<(), String> {
        let values: Vec<_> = columns.iter().filter_map(|column| row.get(column)).collect();
        let entry = format!("{table} {columns:?} {values:?}");
        if values.is_empty() || self.taken.insert(entry.clone()) { Ok(()) } else { Err(format!("{entry} is taken")) }
    }

    fn next_key(&self, table: &str, column: &str) -> i64 {
        let keys = self.tables.get(table).into_iter().flatten().filter_map(|row| match row.get(column) {
            Some(Value::Int(key)) => Some(*key),
            _ => None,
        });
        keys.max().unwrap_or(0) + 1
    }
}

#[async_trait]
impl Store for Documents {
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        let table = batch.table().ok_or("no table, no place")?;
        let keys: Vec<_> = batch.columns().iter().filter(|column| column.key).map(|column| column.name).collect();
        let given = batch.rows();
        let largest = given.iter().filter_map(|row| match keys.first().and_then(|key| row.get(key)) {
            Some(Value::Int(key)) => Some(key + 1),
            _ => None,
        });
        let mut next = largest.chain(keys.first().map(|key| self.next_key(table, key))).max().unwrap_or(1);
        for (i, row) in given.iter().enumerate() {
            for column in batch.columns().iter().filter(|column| column.optional && row.get(column.name).is_none()) {
                if column.key {
                    batch.set(i, column.name, next)?;
                    next += 1;
                } else if column.name == "joined" {
                    batch.set(i, column.name, "today")?;
                }
            }
        }
        batch.complete();
        for (i, row) in batch.rows().into_iter().enumerate() {
            self.take(table, &keys, &row).map_err(|why| Batch::failed(i, why))?;
            if table == "authors" {
                self.take(table, &["name"], &row).map_err(|why| Batch::failed(i, why))?;
            }
            self.tables.entry(table).or_default().push(row);
        }
        Ok(())
    }

    async fn find(&mut self, search: &mut Search<'_>) -> Result<(), BoxError> {
        let rows = search.table().and_then(|table| self.tables.get(table));
        for (i, row) in (0..search.len()).flat_map(|i| rows.into_iter().flatten().map(move |row| (i, row))) {
            if search.row(i).iter().all(|(column, value)| row.get(column) == Some(value)) {
                search.found(i, row.clone())?;
            }
        }
        Ok(())
    }

    async fn begin(&mut self) -> Result<(), BoxError> {
        let now = Self { begun: Vec::new(), ..self.clone() };
        self.begun.push(now);
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
        if let Some(then) = self.begun.pop() {
            *self = Self { begun: std::mem::take(&mut self.begun), ..then };
        }
    }
}

impl Subject for Documents {
    type Backend = Stores;

    fn handle(&mut self) -> impl Handle<'_, Backend = Stores> {
        self
    }

    async fn count(&mut self, table: &'static str) -> usize {
        self.tables.get(table).map_or(0, Vec::len)
    }

    async fn begin(&mut self) {
        Store::begin(self).await.unwrap();
    }

    async fn rollback(&mut self) {
        Store::rollback(self).await.unwrap();
    }
}

async fn subject() -> Documents {
    Documents::default()
}

conformance!(
    #[tokio::test]
    subject
);
