//! sqlx: a connection, and what it reads by `FromRow`.

use super::{Place, Reads};
use crate::limits::{self, Limits};
use manufactory::Handle;
use sqlx::{AssertSqlSafe, Connection, FromRow, SqliteConnection};

macro_rules! place {
    ($place:ident: $connection:path, $database:path, $row:path, $limits:ident) => {
        pub(crate) struct $place {
            pub(crate) db: $connection,
            #[cfg(feature = "_servers")]
            _database: Option<crate::servers::Database>,
        }

        impl Place for $place {
            type Backend = $database;

            const LIMITS: &'static Limits = &limits::$limits;

            fn handle(&mut self) -> impl Handle<'_, Backend = $database> {
                &mut self.db
            }

            async fn say(&mut self, sql: &str) {
                sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut self.db).await.unwrap();
            }
        }

        impl<M> Reads<M> for $place
        where
            M: for<'r> FromRow<'r, $row> + Send + Unpin,
        {
            async fn read(&mut self, sql: &str) -> Vec<M> {
                sqlx::query_as(AssertSqlSafe(sql.to_owned())).fetch_all(&mut self.db).await.unwrap()
            }
        }
    };
}

place!(Sqlite: SqliteConnection, sqlx::Sqlite, sqlx::sqlite::SqliteRow, SQLITE);

/// A database in memory, with these tables.
pub(crate) async fn sqlite(schema: &str) -> Sqlite {
    let db = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    let mut place = Sqlite {
        db,
        #[cfg(feature = "_servers")]
        _database: None,
    };
    place.say(schema).await;
    place
}

#[cfg(feature = "_servers")]
macro_rules! server {
    ($place:ident: $connection:path, $open:ident) => {
        /// A database on the server, with these tables.
        pub(crate) async fn $open(schema: &str) -> $place {
            let database = crate::servers::$open().await;
            let db = <$connection>::connect(database.url()).await.unwrap();
            let mut place = $place { db, _database: Some(database) };
            place.say(schema).await;
            place
        }
    };
}

#[cfg(feature = "_servers")]
mod on_servers {
    use super::*;

    place!(Postgres: sqlx::PgConnection, sqlx::Postgres, sqlx::postgres::PgRow, POSTGRES);
    place!(Mysql: sqlx::MySqlConnection, sqlx::MySql, sqlx::mysql::MySqlRow, MARIADB);
    server!(Postgres: sqlx::PgConnection, postgres);
    server!(Mysql: sqlx::MySqlConnection, mysql);
}

#[cfg(feature = "_servers")]
pub(crate) use on_servers::{Mysql, Postgres, mysql, postgres};
