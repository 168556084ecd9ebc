//! The libraries that a fault is tried with: how each connects, makes a call, and shows that its pool is whole. Knows
//! no fault.

use crate::models::Call;
use diesel::connection::SimpleConnection as _;
use diesel_async::{AsyncConnection as _, SimpleAsyncConnection as _};
use manufactory::Result;
use sea_orm::{ConnectionTrait as _, TransactionTrait as _};
use sqlx::{AssertSqlSafe, Connection as _};
use std::time::Duration;

/// How many connections a pool has.
pub(crate) const POOL: usize = 2;

/// How long a pool is asked for one.
const PATIENCE: Duration = Duration::from_secs(10);

/// One of them, connected to a database.
pub(crate) trait Library: Sized {
    const NAME: &'static str;

    /// Whether it gets another connection when one is lost.
    const IS_POOL: bool = false;

    async fn open(url: &str) -> Self;

    /// Makes a call.
    async fn make(&mut self, call: Call) -> Result<()>;

    /// Runs text on every connection, all of which it takes at the same time.
    async fn say(&mut self, sql: &str);

    /// Makes a call in a transaction that it begins, behind a statement and something else.
    async fn make_within(&mut self, sql: &str, then: &mut (dyn FnMut() + Send), call: Call) -> Result<()>;
}

macro_rules! of_sqlx {
    ($pool:ident, $connection:ident: $options:ty, $raw:ty) => {
        /// A pool of sqlx.
        pub(crate) struct $pool(pub(crate) sqlx::Pool<$options>);

        impl $pool {
            /// One that is asked for a connection for so long.
            pub(crate) async fn patient(url: &str, patience: Duration) -> Self {
                let size = u32::try_from(POOL).unwrap();
                let options = sqlx::pool::PoolOptions::new().max_connections(size).acquire_timeout(patience);
                Self(options.connect(url).await.unwrap())
            }
        }

        impl Library for $pool {
            const NAME: &'static str = "sqlx, a pool";
            const IS_POOL: bool = true;

            async fn open(url: &str) -> Self {
                Self::patient(url, PATIENCE).await
            }

            async fn make(&mut self, call: Call) -> Result<()> {
                call.make(&self.0).await
            }

            async fn say(&mut self, sql: &str) {
                let mut all = Vec::new();
                for _ in 0..POOL {
                    let mut one = self.0.acquire().await.unwrap();
                    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut *one).await.unwrap();
                    all.push(one);
                }
            }

            async fn make_within(&mut self, sql: &str, then: &mut (dyn FnMut() + Send), call: Call) -> Result<()> {
                let mut transaction = self.0.begin().await.unwrap();
                sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut *transaction).await.unwrap();
                then();
                let made = call.make(&mut transaction).await;
                transaction.rollback().await.unwrap();
                made
            }
        }

        /// A connection of sqlx.
        pub(crate) struct $connection(pub(crate) $raw);

        impl Library for $connection {
            const NAME: &'static str = "sqlx, a connection";

            async fn open(url: &str) -> Self {
                Self(<$raw>::connect(url).await.unwrap())
            }

            async fn make(&mut self, call: Call) -> Result<()> {
                call.make(&mut self.0).await
            }

            async fn say(&mut self, sql: &str) {
                sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.0).await.unwrap();
            }

            async fn make_within(&mut self, sql: &str, then: &mut (dyn FnMut() + Send), call: Call) -> Result<()> {
                self.say(&format!("begin; {sql}")).await;
                then();
                let made = call.make(&mut self.0).await;
                self.say("rollback").await;
                made
            }
        }
    };
}

macro_rules! of_diesel {
    ($name:ident: $raw:ty) => {
        /// A connection of Diesel.
        pub(crate) struct $name(pub(crate) $raw);

        impl Library for $name {
            const NAME: &'static str = "Diesel";

            async fn open(url: &str) -> Self {
                Self(<$raw as diesel::Connection>::establish(url).unwrap())
            }

            async fn make(&mut self, call: Call) -> Result<()> {
                call.make(&mut self.0).await
            }

            async fn say(&mut self, sql: &str) {
                self.0.batch_execute(sql).unwrap();
            }

            async fn make_within(&mut self, sql: &str, then: &mut (dyn FnMut() + Send), call: Call) -> Result<()> {
                self.say("begin").await;
                self.say(sql).await;
                then();
                let made = call.make(&mut self.0).await;
                self.say("rollback").await;
                made
            }
        }
    };
}

macro_rules! of_diesel_async {
    ($name:ident: $raw:ty) => {
        /// A connection of diesel-async.
        pub(crate) struct $name(pub(crate) $raw);

        impl Library for $name {
            const NAME: &'static str = "diesel-async";

            async fn open(url: &str) -> Self {
                // Not by a socket that the server tells of: there is no fault on it.
                let options = if url.starts_with("mysql:") { "?prefer_socket=false" } else { "" };
                Self(<$raw>::establish(&format!("{url}{options}")).await.unwrap())
            }

            async fn make(&mut self, call: Call) -> Result<()> {
                call.make(&mut self.0).await
            }

            async fn say(&mut self, sql: &str) {
                self.0.batch_execute(sql).await.unwrap();
            }

            async fn make_within(&mut self, sql: &str, then: &mut (dyn FnMut() + Send), call: Call) -> Result<()> {
                self.say("begin").await;
                self.say(sql).await;
                then();
                let made = call.make(&mut self.0).await;
                self.say("rollback").await;
                made
            }
        }
    };
}

/// A pool of `SeaORM`.
pub(crate) struct SeaOrm(pub(crate) sea_orm::DatabaseConnection);

impl SeaOrm {
    /// One that is asked for a connection for so long.
    pub(crate) async fn patient(url: &str, patience: Duration) -> Self {
        // A file is told to be one.
        let url = if url.contains("://") { url.to_owned() } else { format!("sqlite:{url}") };
        let mut options = sea_orm::ConnectOptions::new(url);
        options.max_connections(u32::try_from(POOL).unwrap()).acquire_timeout(patience).sqlx_logging(false);
        Self(sea_orm::Database::connect(options).await.unwrap())
    }
}

impl Library for SeaOrm {
    const NAME: &'static str = "SeaORM";
    const IS_POOL: bool = true;

    async fn open(url: &str) -> Self {
        Self::patient(url, PATIENCE).await
    }

    async fn make(&mut self, call: Call) -> Result<()> {
        call.make(&self.0).await
    }

    async fn say(&mut self, sql: &str) {
        let mut all = Vec::new();
        for _ in 0..POOL {
            let one = self.0.begin().await.unwrap();
            one.execute_unprepared(sql).await.unwrap();
            all.push(one);
        }
        for one in all {
            one.commit().await.unwrap();
        }
    }

    async fn make_within(&mut self, sql: &str, then: &mut (dyn FnMut() + Send), call: Call) -> Result<()> {
        let transaction = self.0.begin().await.unwrap();
        transaction.execute_unprepared(sql).await.unwrap();
        then();
        let made = call.make(&transaction).await;
        transaction.rollback().await.unwrap();
        made
    }
}

of_sqlx!(SqlxSqlitePool, SqlxSqlite: sqlx::Sqlite, sqlx::SqliteConnection);
of_diesel!(DieselSqlite: diesel::SqliteConnection);
of_diesel_async!(DieselAsyncSqlite: diesel_async::sync_connection_wrapper::SyncConnectionWrapper<diesel::SqliteConnection>);

#[cfg(feature = "_servers")]
mod on_servers {
    use super::*;

    of_sqlx!(SqlxPostgresPool, SqlxPostgres: sqlx::Postgres, sqlx::PgConnection);
    of_sqlx!(SqlxMysqlPool, SqlxMysql: sqlx::MySql, sqlx::MySqlConnection);
    of_diesel!(DieselPostgres: diesel::PgConnection);
    of_diesel!(DieselMysql: diesel::MysqlConnection);
    of_diesel_async!(DieselAsyncPostgres: diesel_async::AsyncPgConnection);
    of_diesel_async!(DieselAsyncMysql: diesel_async::AsyncMysqlConnection);
}
#[cfg(feature = "_servers")]
pub(crate) use on_servers::*;
