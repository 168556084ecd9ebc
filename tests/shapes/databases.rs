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

#[cfg(feature = "_servers")]
pub(super) mod servers {
    use crate::servers::{Database, mysql as fresh_mysql, postgres as fresh_postgres};
    use diesel::sql_types::Text;
    use diesel_async::{AsyncConnection as _, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection as _};
    use sqlx::mysql::MySqlPoolOptions;
    use sqlx::postgres::PgPoolOptions;
    use sqlx::{MySqlPool, PgPool};

    /// Postgres through sqlx. The database goes with the second value.
    pub(crate) async fn postgres(schema: &'static str) -> (PgPool, Database) {
        let database = fresh_postgres().await;
        let pool = PgPoolOptions::new().max_connections(2).connect(database.url()).await.unwrap();
        sqlx::raw_sql(schema).execute(&pool).await.unwrap();
        (pool, database)
    }

    /// What a query finds in Postgres: a text for each row.
    pub(crate) async fn pg_rows(db: &PgPool, sql: &'static str) -> Vec<String> {
        sqlx::query_scalar(sql).fetch_all(db).await.unwrap()
    }

    /// MySQL or MariaDB through sqlx. The database goes with the second value.
    pub(crate) async fn mysql(schema: &'static str) -> (MySqlPool, Database) {
        let database = fresh_mysql().await;
        let pool = MySqlPoolOptions::new().max_connections(2).connect(database.url()).await.unwrap();
        sqlx::raw_sql(schema).execute(&pool).await.unwrap();
        (pool, database)
    }

    /// What a query finds in MySQL or MariaDB: a text for each row.
    pub(crate) async fn mysql_rows(db: &MySqlPool, sql: &'static str) -> Vec<String> {
        sqlx::query_scalar(sql).fetch_all(db).await.unwrap()
    }

    /// Postgres through diesel-async. The database goes with the second value.
    pub(crate) async fn diesel_postgres(schema: &str) -> (AsyncPgConnection, Database) {
        let database = fresh_postgres().await;
        let mut db = AsyncPgConnection::establish(database.url()).await.unwrap();
        db.batch_execute(schema).await.unwrap();
        (db, database)
    }

    /// What a query finds through diesel-async: a text for each row.
    pub(crate) async fn diesel_pg_rows(db: &mut AsyncPgConnection, sql: &str) -> Vec<String> {
        RunQueryDsl::load(diesel::dsl::sql::<Text>(sql), db).await.unwrap()
    }
}
