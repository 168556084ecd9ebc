//! The suite on SQLite: in memory, a database for each test. `cargo test -p blog_api`

#[path = "../suite/mod.rs"]
mod suite;

use sqlx::sqlite::SqlitePoolOptions;

pub(crate) type Pool = sqlx::SqlitePool;

/// Gone when the pool is.
pub(crate) struct Database {
    pub(crate) pool: Pool,
}

impl Database {
    pub(crate) async fn new() -> Self {
        // One connection: a second one would open another database.
        let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.expect("a database");
        Self { pool }
    }
}

/// Each column of each table, as the database knows it.
pub(crate) async fn columns(pool: &Pool) -> String {
    let sql = "select t.name || '.' || c.name || ' ' || c.type || case when c.\"notnull\" then ' not null' else '' end
        from pragma_table_list t join pragma_table_info(t.name) c
        where t.type = 'table' and t.name not like 'sqlite_%' and t.name not like '_sqlx_%' order by t.name, c.cid";
    let lines: Vec<String> = sqlx::query_scalar(sql).fetch_all(pool).await.expect("columns");
    lines.join("\n")
}
