//! One of two databases, chosen by its URL. Each understands the same SQL; only the migrations differ.

use sqlx::migrate::MigrateError;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{PgPool, SqlitePool};

/// Where the blog is kept.
#[derive(Debug, Clone)]
pub enum Db {
    /// In a file, or in memory.
    Sqlite(SqlitePool),
    /// On a server.
    Postgres(PgPool),
}

impl Db {
    /// By a URL: `postgres://..`, and SQLite's otherwise.
    ///
    /// # Errors
    ///
    /// What the database says, where it cannot be reached.
    pub async fn connect(url: &str) -> sqlx::Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgres(PgPool::connect(url).await?));
        }
        let mut options = SqlitePoolOptions::new();
        if url.contains(":memory:") {
            // The data is as old as the connection: there is one, and it stays.
            options = options.max_connections(1).idle_timeout(None).max_lifetime(None);
        }
        Ok(Self::Sqlite(options.connect(url).await?))
    }

    /// Makes the tables, or brings them up to date.
    ///
    /// # Errors
    ///
    /// What the database says to a migration.
    pub async fn migrate(&self) -> Result<(), MigrateError> {
        match self {
            Self::Sqlite(pool) => sqlx::migrate!("migrations/sqlite").run(pool).await,
            Self::Postgres(pool) => sqlx::migrate!("migrations/postgres").run(pool).await,
        }
    }
}

impl From<SqlitePool> for Db {
    fn from(pool: SqlitePool) -> Self {
        Self::Sqlite(pool)
    }
}

impl From<PgPool> for Db {
    fn from(pool: PgPool) -> Self {
        Self::Postgres(pool)
    }
}

/// A query on whichever pool it is: `on!(db, pool => sqlx::query(..).execute(pool).await?)`.
macro_rules! on {
    ($db:expr, $pool:ident => $query:expr) => {
        match $db {
            $crate::Db::Sqlite($pool) => $query,
            $crate::Db::Postgres($pool) => $query,
        }
    };
}
pub(crate) use on;
