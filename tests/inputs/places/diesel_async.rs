//! diesel-async: a connection, and what it reads by `QueryableByName`.

use super::{Place, Reads};
use crate::limits::{self, Limits};
use diesel::SqliteConnection;
use diesel::deserialize::QueryableByName;
use diesel_async::sync_connection_wrapper::SyncConnectionWrapper;
use diesel_async::{AsyncConnection, RunQueryDsl, SimpleAsyncConnection};
use manufactory::Handle;

macro_rules! place {
    ($place:ident: $connection:path, $database:path, $limits:ident) => {
        pub(crate) struct $place {
            pub(crate) db: $connection,
            #[cfg(feature = "_servers")]
            _database: Option<crate::servers::Database>,
        }

        impl Place for $place {
            type Backend = $connection;

            const LIMITS: &'static Limits = &limits::$limits;

            fn handle(&mut self) -> impl Handle<'_, Backend = $connection> {
                &mut self.db
            }

            async fn say(&mut self, sql: &str) {
                // One by one: diesel-async takes no more at once in MySQL.
                for statement in sql.split_inclusive(";\n").filter(|statement| !statement.trim().is_empty()) {
                    self.db.batch_execute(statement).await.unwrap();
                }
            }
        }

        impl<M: QueryableByName<$database> + Send + 'static> Reads<M> for $place {
            async fn read(&mut self, sql: &str) -> Vec<M> {
                diesel::sql_query(sql).load(&mut self.db).await.unwrap()
            }
        }
    };
}

place!(Sqlite: SyncConnectionWrapper<SqliteConnection>, diesel::sqlite::Sqlite, SQLITE);

/// A database in memory, with these tables.
pub(crate) async fn sqlite(schema: &str) -> Sqlite {
    let db = SyncConnectionWrapper::establish(":memory:").await.unwrap();
    let mut place = Sqlite {
        db,
        #[cfg(feature = "_servers")]
        _database: None,
    };
    place.say(schema).await;
    place
}

#[cfg(feature = "_servers")]
mod on_servers {
    use super::*;

    macro_rules! server {
        ($place:ident: $connection:path, $open:ident) => {
            /// A database on the server, with these tables.
            pub(crate) async fn $open(schema: &str) -> $place {
                let database = crate::servers::$open().await;
                let db = <$connection>::establish(database.url()).await.unwrap();
                let mut place = $place { db, _database: Some(database) };
                place.say(schema).await;
                place
            }
        };
    }

    place!(Postgres: diesel_async::AsyncPgConnection, diesel::pg::Pg, POSTGRES);
    place!(Mysql: diesel_async::AsyncMysqlConnection, diesel::mysql::Mysql, MARIADB);
    server!(Postgres: diesel_async::AsyncPgConnection, postgres);
    server!(Mysql: diesel_async::AsyncMysqlConnection, mysql);
}

#[cfg(feature = "_servers")]
pub(crate) use on_servers::{mysql, postgres};
