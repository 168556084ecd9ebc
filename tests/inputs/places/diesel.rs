//! Diesel: a connection, and what it reads by `QueryableByName`.

use super::{Place, Reads};
use crate::limits::{self, Limits};
use diesel::connection::{Connection, SimpleConnection};
use diesel::deserialize::QueryableByName;
use diesel::{RunQueryDsl, SqliteConnection};
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
                self.db.batch_execute(sql).unwrap();
            }
        }

        impl<M: QueryableByName<$database> + 'static> Reads<M> for $place {
            async fn read(&mut self, sql: &str) -> Vec<M> {
                diesel::sql_query(sql).load(&mut self.db).unwrap()
            }
        }
    };
}

place!(Sqlite: SqliteConnection, diesel::sqlite::Sqlite, SQLITE);

/// A database in memory, with these tables.
pub(crate) async fn sqlite(schema: &str) -> Sqlite {
    let db = SqliteConnection::establish(":memory:").unwrap();
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
            let db = <$connection>::establish(database.url()).unwrap();
            let mut place = $place { db, _database: Some(database) };
            place.say(schema).await;
            place
        }
    };
}

#[cfg(all(feature = "_servers", feature = "diesel-postgres"))]
mod on_postgres {
    use super::*;

    place!(Postgres: diesel::PgConnection, diesel::pg::Pg, POSTGRES);
    server!(Postgres: diesel::PgConnection, postgres);
}

#[cfg(all(feature = "_servers", feature = "diesel-mysql"))]
mod on_mysql {
    use super::*;

    place!(Mysql: diesel::MysqlConnection, diesel::mysql::Mysql, MARIADB);
    server!(Mysql: diesel::MysqlConnection, mysql);
}

#[cfg(all(feature = "_servers", feature = "diesel-mysql"))]
pub(crate) use on_mysql::mysql;
#[cfg(all(feature = "_servers", feature = "diesel-postgres"))]
pub(crate) use on_postgres::postgres;
