//! A server that goes away.

use super::{everything, plan, postgres};
use manufactory::seed::{Database, Failure, Options, Watch};
use sqlx::{Connection, PgConnection};

/// Ends everybody else's connections once so many rows are there.
struct CutAt {
    rows: u64,
    url: String,
}

impl Watch for CutAt {
    fn rows(&mut self, there: u64) {
        if there < self.rows {
            return;
        }
        self.rows = u64::MAX;
        let url = self.url.clone();
        crate::servers::block_on(async move {
            let mut db = PgConnection::connect(&url).await.unwrap();
            let cut = "select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid()";
            sqlx::raw_sql(cut).execute(&mut db).await.unwrap();
        });
    }
}

#[tokio::test]
async fn the_next_run_goes_on_where_the_connection_was_lost() {
    let (database, db) = postgres().await;
    drop(db);
    let mut lost = 0;
    for rows in [500, 1_200, 2_000, u64::MAX] {
        let mut run = Database::open(database.url()).await.unwrap();
        let mut watch = CutAt { rows, url: database.url().to_owned() };
        match run.run(&plan(600, 3_000), &Options::new().chunk(100), &mut watch).await {
            Ok(_) => break,
            Err(Failure::Database(_)) => lost += 1,
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(lost, 3);
    let mut db = PgConnection::connect(database.url()).await.unwrap();
    let (_alone, mut one) = postgres().await;
    plan(600, 3_000).run(&mut one, &Options::new(), &mut ()).await.unwrap();
    assert_eq!(everything(&mut db).await, everything(&mut one).await);
}
