//! A test for each library and database, of one function that tries a fault with any of them.

/// On SQLite, in plain `cargo test`.
macro_rules! on_sqlite {
    ($tried:ident) => {
        mod sqlite {
            use super::$tried;
            use crate::bench::Bench;
            use crate::libraries::*;

            #[tokio::test]
            async fn sqlx_a_pool() {
                $tried::<SqlxSqlitePool>(Bench::sqlite().await).await;
            }

            #[tokio::test]
            async fn sqlx_a_connection() {
                $tried::<SqlxSqlite>(Bench::sqlite().await).await;
            }

            #[tokio::test]
            async fn diesel() {
                $tried::<DieselSqlite>(Bench::sqlite().await).await;
            }

            #[tokio::test]
            async fn diesel_async() {
                $tried::<DieselAsyncSqlite>(Bench::sqlite().await).await;
            }

            #[tokio::test]
            async fn sea_orm() {
                $tried::<SeaOrm>(Bench::sqlite().await).await;
            }
        }
    };
}
pub(crate) use on_sqlite;

/// On Postgres.
macro_rules! on_postgres {
    ($tried:ident) => {
        #[cfg(feature = "_servers")]
        mod postgres {
            use super::$tried;
            use crate::bench::Bench;
            use crate::libraries::*;

            #[tokio::test]
            async fn sqlx_a_pool() {
                $tried::<SqlxPostgresPool>(Bench::postgres().await).await;
            }

            #[tokio::test]
            async fn sqlx_a_connection() {
                $tried::<SqlxPostgres>(Bench::postgres().await).await;
            }

            #[tokio::test]
            async fn diesel() {
                $tried::<DieselPostgres>(Bench::postgres().await).await;
            }

            #[tokio::test]
            async fn diesel_async() {
                $tried::<DieselAsyncPostgres>(Bench::postgres().await).await;
            }

            #[tokio::test]
            async fn sea_orm() {
                $tried::<SeaOrm>(Bench::postgres().await).await;
            }
        }
    };
}
pub(crate) use on_postgres;

/// On MariaDB, or MySQL.
macro_rules! on_mysql {
    ($tried:ident) => {
        #[cfg(feature = "_servers")]
        mod mysql {
            use super::$tried;
            use crate::bench::Bench;
            use crate::libraries::*;

            #[tokio::test]
            async fn sqlx_a_pool() {
                $tried::<SqlxMysqlPool>(Bench::mysql().await).await;
            }

            #[tokio::test]
            async fn sqlx_a_connection() {
                $tried::<SqlxMysql>(Bench::mysql().await).await;
            }

            #[tokio::test]
            async fn diesel() {
                $tried::<DieselMysql>(Bench::mysql().await).await;
            }

            #[tokio::test]
            async fn diesel_async() {
                $tried::<DieselAsyncMysql>(Bench::mysql().await).await;
            }

            #[tokio::test]
            async fn sea_orm() {
                $tried::<SeaOrm>(Bench::mysql().await).await;
            }
        }
    };
}
pub(crate) use on_mysql;
