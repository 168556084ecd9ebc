//! Postgres, MySQL and MariaDB through Diesel and diesel-async, on real servers.

mod postgres;

use crate::servers::{self, Database};
use manufactory::Handle;
use manufactory::conformance::{MYSQL, POSTGRES, Subject, conformance};

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    n: i64,
}

impl Count {
    fn sql(table: &str, quote: char) -> String {
        format!("select count(*) as n from {quote}{table}{quote}")
    }

    fn rows(self) -> usize {
        usize::try_from(self.n).unwrap()
    }
}

/// Every promise, on a connection of Diesel's own.
#[cfg(any(feature = "diesel-postgres", feature = "diesel-mysql"))]
macro_rules! blocking {
    ($name:ident: $connection:ident, $database:path, $tables:expr, $quote:literal) => {
        mod $name {
            use super::*;
            use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
            use diesel::prelude::*;

            /// A connection to a database of its own.
            struct OneConnection {
                connection: $connection,
                _database: Database,
            }

            impl Subject for OneConnection {
                type Backend = $connection;

                fn handle(&mut self) -> impl Handle<'_, Backend = $connection> {
                    &mut self.connection
                }

                async fn count(&mut self, table: &'static str) -> usize {
                    let sql = Count::sql(table, $quote);
                    diesel::sql_query(sql).get_result::<Count>(&mut self.connection).unwrap().rows()
                }

                async fn begin(&mut self) {
                    self.connection.begin_test_transaction().unwrap();
                }

                async fn rollback(&mut self) {
                    AnsiTransactionManager::rollback_transaction(&mut self.connection).unwrap();
                }
            }

            async fn subject() -> OneConnection {
                let database = $database().await;
                let mut connection = $connection::establish(database.url()).unwrap();
                connection.batch_execute($tables).unwrap();
                OneConnection { connection, _database: database }
            }

            conformance!(
                #[tokio::test]
                subject
            );
        }
    };
}

/// Every promise, on a connection of diesel-async.
macro_rules! waiting {
    ($name:ident: $connection:ident, $database:path, $tables:expr, $quote:literal) => {
        mod $name {
            use super::*;
            use diesel_async::{
                AnsiTransactionManager, AsyncConnection, RunQueryDsl, SimpleAsyncConnection, TransactionManager,
                $connection,
            };

            /// A connection to a database of its own.
            struct OneConnection {
                connection: $connection,
                _database: Database,
            }

            impl Subject for OneConnection {
                type Backend = $connection;

                fn handle(&mut self) -> impl Handle<'_, Backend = $connection> {
                    &mut self.connection
                }

                async fn count(&mut self, table: &'static str) -> usize {
                    let sql = Count::sql(table, $quote);
                    diesel::sql_query(sql).get_result::<Count>(&mut self.connection).await.unwrap().rows()
                }

                async fn begin(&mut self) {
                    self.connection.begin_test_transaction().await.unwrap();
                }

                async fn rollback(&mut self) {
                    AnsiTransactionManager::rollback_transaction(&mut self.connection).await.unwrap();
                }
            }

            async fn subject() -> OneConnection {
                let database = $database().await;
                let mut connection = $connection::establish(database.url()).await.unwrap();
                for table in $tables.split_inclusive(';').filter(|table| !table.trim().is_empty()) {
                    connection.batch_execute(table).await.unwrap();
                }
                OneConnection { connection, _database: database }
            }

            conformance!(
                #[tokio::test]
                subject
            );
        }
    };
}

#[cfg(feature = "diesel-postgres")]
blocking!(diesel_postgres: PgConnection, servers::postgres, POSTGRES, '"');
#[cfg(feature = "diesel-mysql")]
blocking!(diesel_mysql: MysqlConnection, servers::mysql, MYSQL, '`');
waiting!(diesel_async_postgres: AsyncPgConnection, servers::postgres, POSTGRES, '"');
waiting!(diesel_async_mysql: AsyncMysqlConnection, servers::mysql, MYSQL, '`');
