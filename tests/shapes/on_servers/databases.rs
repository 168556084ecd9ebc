//! The databases on servers that shapes are stored in, each with the tables of its test, and plain SQL to look at what is there.

use super::servers::{Database, mysql as fresh_mysql, postgres as fresh_postgres};
use diesel::sql_types::Text;
use diesel_async::{AsyncConnection as _, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection as _};
use sqlx::mysql::MySqlPoolOptions;
use sqlx::postgres::PgPoolOptions;
use sqlx::{MySqlPool, PgPool};

/// Postgres through sqlx. The database goes with the second value.
pub(super) async fn postgres(schema: &'static str) -> (PgPool, Database) {
    let database = fresh_postgres().await;
    let pool = PgPoolOptions::new().max_connections(2).connect(database.url()).await.unwrap();
    sqlx::raw_sql(schema).execute(&pool).await.unwrap();
    (pool, database)
}

/// What a query finds in Postgres: a text for each row.
pub(super) async fn pg_rows(db: &PgPool, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(db).await.unwrap()
}

/// MySQL or MariaDB through sqlx. The database goes with the second value.
pub(super) async fn mysql(schema: &'static str) -> (MySqlPool, Database) {
    let database = fresh_mysql().await;
    let pool = MySqlPoolOptions::new().max_connections(2).connect(database.url()).await.unwrap();
    sqlx::raw_sql(schema).execute(&pool).await.unwrap();
    (pool, database)
}

/// What a query finds in MySQL or MariaDB: a text for each row.
pub(super) async fn mysql_rows(db: &MySqlPool, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(db).await.unwrap()
}

/// Postgres through diesel-async. The database goes with the second value.
pub(super) async fn diesel_postgres(schema: &str) -> (AsyncPgConnection, Database) {
    let database = fresh_postgres().await;
    let mut db = AsyncPgConnection::establish(database.url()).await.unwrap();
    db.batch_execute(schema).await.unwrap();
    (db, database)
}

/// What a query finds through diesel-async: a text for each row.
pub(super) async fn diesel_pg_rows(db: &mut AsyncPgConnection, sql: &str) -> Vec<String> {
    RunQueryDsl::load(diesel::dsl::sql::<Text>(sql), db).await.unwrap()
}
