//! SeaORM: a database with one connection, and what it reads by `FromQueryResult`.

use super::{Place, Reads};
use crate::limits::{self, Limits};
use manufactory::Handle;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, FromQueryResult, Statement,
};

macro_rules! place {
    ($place:ident, $limits:ident) => {
        pub(crate) struct $place {
            pub(crate) db: DatabaseConnection,
            #[cfg(feature = "_servers")]
            _database: Option<crate::servers::Database>,
        }

        impl Place for $place {
            type Backend = DatabaseTransaction;

            const LIMITS: &'static Limits = &limits::$limits;

            fn handle(&mut self) -> impl Handle<'_, Backend = DatabaseTransaction> {
                &self.db
            }

            async fn say(&mut self, sql: &str) {
                self.db.execute_unprepared(sql).await.unwrap();
            }
        }

        impl<M: FromQueryResult> Reads<M> for $place {
            async fn read(&mut self, sql: &str) -> Vec<M> {
                let sql = Statement::from_string(self.db.get_database_backend(), sql);
                M::find_by_statement(sql).all(&self.db).await.unwrap()
            }
        }
    };
}

place!(Sqlite, SQLITE);

/// A database in memory, with these tables.
pub(crate) async fn sqlite(schema: &str) -> Sqlite {
    let mut place = Sqlite {
        db: connect("sqlite::memory:").await,
        #[cfg(feature = "_servers")]
        _database: None,
    };
    place.say(schema).await;
    place
}

async fn connect(url: &str) -> DatabaseConnection {
    let mut options = ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    Database::connect(options).await.unwrap()
}

#[cfg(feature = "_servers")]
mod on_servers {
    use super::*;

    macro_rules! server {
        ($place:ident, $open:ident) => {
            /// A database on the server, with these tables.
            pub(crate) async fn $open(schema: &str) -> $place {
                let database = crate::servers::$open().await;
                let mut place = $place { db: connect(database.url()).await, _database: Some(database) };
                place.say(schema).await;
                place
            }
        };
    }

    place!(Postgres, POSTGRES);
    place!(Mysql, MARIADB);
    server!(Postgres, postgres);
    server!(Mysql, mysql);
}

#[cfg(feature = "_servers")]
pub(crate) use on_servers::{mysql, postgres};
