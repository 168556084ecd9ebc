//! The suite on Postgres: a schema for each test, dropped when it ends, however it ends.
//! `tests/servers run cargo test -p blog_api --features postgres_tests`

#[path = "../suite/mod.rs"]
mod suite;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, process, thread};

pub(crate) type Pool = sqlx::PgPool;

/// Tables that nobody else sees. A schema takes a hundredth of the time that a database takes.
pub(crate) struct Database {
    pub(crate) pool: Pool,
    schema: String,
}

impl Database {
    pub(crate) async fn new() -> Self {
        let schema = fresh_name();
        run(format!("create schema {schema}")).await.expect("a schema");
        let options = server().options([("search_path", &schema)]).application_name(&schema);
        // One connection: to connect takes longer than all that a test does.
        let pool = PgPoolOptions::new().max_connections(1).connect_with(options).await.expect("a connection");
        Self { pool, schema }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let schema = &self.schema;
        // Whoever is still connected may have a transaction open, which would keep the tables.
        let sql = format!(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = '{schema}';
            drop schema {schema} cascade"
        );
        // A thread and a runtime of its own: this one is busy with the test.
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let dropped = thread::spawn(|| runtime.expect("a runtime").block_on(run(sql))).join();
        match dropped {
            Ok(Ok(())) => {}
            dropped if thread::panicking() => eprintln!("cannot drop the schema {schema}: {dropped:?}"),
            dropped => panic!("cannot drop the schema {schema}: {dropped:?}"),
        }
    }
}

/// Whoever may make schemas. A test without a server fails; it does not pass without having run.
fn server() -> PgConnectOptions {
    let url =
        env::var("MANUFACTORY_POSTGRES_URL").expect("MANUFACTORY_POSTGRES_URL: run this by `tests/servers run ..`");
    url.parse().expect("a URL of Postgres")
}

async fn run(sql: String) -> sqlx::Result<()> {
    let mut connection = PgConnection::connect_with(&server()).await?;
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.map(drop)
}

/// Never given again, by no other process either.
fn fresh_name() -> String {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros();
    format!("blog_{}_{now:x}_{}", process::id(), NUMBER.fetch_add(1, Relaxed))
}

/// Each column of each table, as the database knows it.
pub(crate) async fn columns(pool: &Pool) -> String {
    let sql = "select table_name || '.' || column_name || ' ' || data_type
            || case is_nullable when 'NO' then ' not null' else '' end
        from information_schema.columns
        where table_schema = current_schema() and table_name not like '\\_sqlx\\_%' order by table_name, ordinal_position";
    let lines: Vec<String> = sqlx::query_scalar(sql).fetch_all(pool).await.expect("columns");
    lines.join("\n")
}
