//! Pools of which somebody else has all connections.

use crate::bench::{Bench, Outcome};
use crate::libraries::*;
use crate::models::Call;
use diesel::r2d2::{ConnectionManager, Pool};
use sea_orm::TransactionTrait as _;
use std::time::Duration;

/// How long a pool is asked for a connection.
const PATIENCE: Duration = Duration::from_millis(700);

macro_rules! of_sqlx {
    ($name:ident: $library:ident, $bench:expr) => {
        #[tokio::test]
        async fn $name() {
            let mut bench = $bench.await;
            let mut library = $library::patient(bench.url(), PATIENCE).await;
            let mut taken = Vec::new();
            for _ in 0..POOL {
                taken.push(library.0.acquire().await.unwrap());
            }
            let outcome = Outcome::of(library.make(Call::Graph).await);
            drop(taken);
            refused(&outcome);
            bench.look(library, &Call::Graph, outcome).await;
            bench.tell::<$library>("pool exhausted").await;
        }
    };
}

macro_rules! of_sea_orm {
    ($name:ident: $bench:expr) => {
        #[tokio::test]
        async fn $name() {
            let mut bench = $bench.await;
            let mut library = SeaOrm::patient(bench.url(), PATIENCE).await;
            let mut taken = Vec::new();
            for _ in 0..POOL {
                taken.push(library.0.begin().await.unwrap());
            }
            let outcome = Outcome::of(library.make(Call::Graph).await);
            drop(taken);
            refused(&outcome);
            bench.look(library, &Call::Graph, outcome).await;
            bench.tell::<SeaOrm>("pool exhausted").await;
        }
    };
}

macro_rules! of_diesel {
    ($name:ident: $library:ident, $connection:ty, $bench:expr) => {
        #[tokio::test]
        async fn $name() {
            let mut bench = $bench.await;
            let manager = ConnectionManager::<$connection>::new(bench.url());
            let pool = Pool::builder().max_size(1).connection_timeout(PATIENCE).build(manager).unwrap();
            let taken = pool.get().unwrap();
            let outcome = Outcome::of(Call::Graph.make(&pool).await);
            drop(taken);
            refused(&outcome);
            Call::Graph.make(&pool).await.unwrap();
            bench.count(Call::Graph.rows());
            assert_eq!(pool.state().idle_connections, 1);
            drop(pool);
            bench.look($library::open(bench.url()).await, &Call::Graph, outcome).await;
            bench.tell::<$library>("pool exhausted").await;
        }
    };
}

fn refused(outcome: &Outcome) {
    let Outcome::Refused(told) = outcome else { panic!("{outcome:?}") };
    assert!(
        ["cannot get a connection for Post", "cannot begin a transaction for Post"]
            .iter()
            .any(|text| told.contains(text)),
        "{told}"
    );
    assert!(told.to_lowercase().contains("timed out"), "{told}");
    assert!(told.contains("a transaction of yours may hold the only one"), "{told}");
}

of_sqlx!(sqlx_sqlite: SqlxSqlitePool, Bench::sqlite());
of_diesel!(diesel_sqlite: DieselSqlite, diesel::SqliteConnection, Bench::sqlite());
of_sea_orm!(sea_orm_sqlite: Bench::sqlite());

#[cfg(feature = "_servers")]
mod on_servers {
    use super::*;

    of_sqlx!(sqlx_postgres: SqlxPostgresPool, Bench::postgres());
    of_sqlx!(sqlx_mysql: SqlxMysqlPool, Bench::mysql());
    of_diesel!(diesel_postgres: DieselPostgres, diesel::PgConnection, Bench::postgres());
    of_diesel!(diesel_mysql: DieselMysql, diesel::MysqlConnection, Bench::mysql());
    of_sea_orm!(sea_orm_postgres: Bench::postgres());
    of_sea_orm!(sea_orm_mysql: Bench::mysql());
}
