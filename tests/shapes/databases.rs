//! The databases that shapes are stored in, each with the tables of its test, and plain SQL to look at what is there.

use diesel::sql_types::Text;
use diesel::{Connection as _, RunQueryDsl as _, SqliteConnection};
use sea_orm::{DatabaseConnection, SqlxSqliteConnector};
use sqlx::SqlitePool;
use sqlx::sqlite::SqlitePoolOptions;

/// SQLite in memory, through sqlx.
pub(super) async fn sqlite(schema: &'static str) -> SqlitePool {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql("pragma foreign_keys = on").execute(&pool).await.unwrap();
    sqlx::raw_sql(schema).execute(&pool).await.unwrap();
    pool
}

/// What a query finds: a text for each row.
pub(super) async fn rows(db: &SqlitePool, sql: &'static str) -> Vec<String> {
    sqlx::query_scalar(sql).fetch_all(db).await.unwrap()
}

/// SQLite in memory, through SeaORM, and the same through sqlx.
pub(super) async fn sea_orm(schema: &'static str) -> (DatabaseConnection, SqlitePool) {
    let pool = sqlite(schema).await;
    (SqlxSqliteConnector::from_sqlx_sqlite_pool(pool.clone()), pool)
}

/// SQLite in memory, through Diesel.
pub(super) fn diesel_sqlite(schema: &str) -> SqliteConnection {
    let mut db = SqliteConnection::establish(":memory:").unwrap();
    diesel::connection::SimpleConnection::batch_execute(&mut db, "pragma foreign_keys = on").unwrap();
    diesel::connection::SimpleConnection::batch_execute(&mut db, schema).unwrap();
    db
}

/// What a query finds through Diesel: a text for each row.
pub(super) fn diesel_rows(db: &mut SqliteConnection, sql: &str) -> Vec<String> {
    diesel::dsl::sql::<Text>(sql).load(db).unwrap()
}
