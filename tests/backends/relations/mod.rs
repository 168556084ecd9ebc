//! Relations between rows: children, sharing, graphs, get-or-create, hooks, circles. The same tests on `Memory` and on
//! SQLite, through one connection.

#![allow(clippy::redundant_closure_for_method_calls, clippy::cloned_ref_to_slice_refs, reason = "as users write them")]
#![allow(clippy::struct_field_names, clippy::items_after_statements, reason = "the models are small")]

mod children;
mod circles;
mod get_or_create;
mod graph;
mod hooks;
mod links;
mod overrides;
mod races;
mod schema_circles;
mod sharing;
mod statements;
mod stores;

use manufactory::Memory;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

/// A database of its own with these tables.
async fn sqlite(schema: &'static str) -> SqliteConnection {
    sqlite_of(schema.to_owned()).await
}

async fn sqlite_of(schema: String) -> SqliteConnection {
    let mut db = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(schema)).execute(&mut db).await.unwrap();
    db
}

/// Counts rows.
trait Tables {
    async fn rows_in(&mut self, table: &str) -> usize;
}

impl Tables for Memory {
    async fn rows_in(&mut self, table: &str) -> usize {
        self.count(table)
    }
}

impl Tables for SqliteConnection {
    async fn rows_in(&mut self, table: &str) -> usize {
        let count: i64 = sqlx::query_scalar(AssertSqlSafe(format!("select count(*) from {table}")))
            .fetch_one(&mut *self)
            .await
            .unwrap();
        usize::try_from(count).unwrap()
    }
}

/// The same test twice: with the `memory()` and with the `SCHEMA` of its file.
macro_rules! both {
    ($(async fn $name:ident($db:ident) $body:block)*) => {$(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            #[tokio::test]
            async fn memory() {
                #[allow(unused_mut)]
                let mut $db = super::memory();
                $body
            }

            #[tokio::test]
            async fn sqlite() {
                #[allow(unused_mut)]
                let mut $db = $crate::relations::sqlite(SCHEMA).await;
                $body
            }
        }
    )*};
}
use both;
