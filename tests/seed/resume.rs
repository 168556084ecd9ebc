//! Runs that end too early, and the next one.

use crate::models::{File, blog};
use manufactory::seed::{Database, Options, Stop, Watch};

/// Stops the run once so many rows of a step are there.
struct StopAt(u64, Stop);

impl Watch for StopAt {
    fn rows(&mut self, there: u64) {
        if there >= self.0 {
            self.1.now();
        }
    }
}

#[tokio::test]
async fn a_run_that_was_stopped_goes_on_where_it_was() {
    let file = File::with_schema().await;
    let plan = blog(100, 1_000);
    let mut runs = 0;
    loop {
        let stop = Stop::new();
        let options = Options::new().chunk(50).stop(&stop);
        let mut db = Database::open(&file.url()).await.unwrap();
        let there = file.number("select count(*) from posts").await.unsigned_abs();
        let summary = db.run(&plan, &options, &mut StopAt(there + 100, stop)).await.unwrap();
        runs += 1;
        if !summary.stopped {
            break;
        }
    }
    assert!(runs > 5, "{runs}");
    let whole = File::with_schema().await;
    whole.seed(&plan, &Options::new()).await.unwrap();
    let all = "select * from posts order by id";
    assert_eq!(file.rows(all).await, whole.rows(all).await);
}

#[tokio::test]
async fn a_future_that_is_dropped_loses_at_most_its_chunk() {
    let file = File::with_schema().await;
    let plan = blog(100, 20_000);
    let mut db = Database::open(&file.url()).await.unwrap();
    {
        let options = Options::new().chunk(500);
        let mut nobody = ();
        let run = db.run(&plan, &options, &mut nobody);
        let _ = tokio::time::timeout(std::time::Duration::from_millis(20), run).await;
    }
    file.seed(&plan, &Options::new()).await.unwrap();
    assert_eq!(file.number("select count(*) from posts").await, 20_000);
    assert_eq!(file.number("select max(id) from posts").await, 20_000);
}

#[tokio::test]
async fn a_full_disk_is_told_and_gone_on_from() {
    let file = File::with_schema().await;
    let plan = blog(100, 20_000);
    let mut db = file.connect().await;
    sqlx::raw_sql("pragma max_page_count = 60").execute(&mut db).await.unwrap();
    let failure = plan.run(&mut db, &Options::new().chunk(500), &mut ()).await.unwrap_err();
    let text = failure.to_string();
    assert!(text.starts_with("step `posts`: cannot insert Post") && text.contains("full"), "{text}");
    let there = file.number("select count(*) from posts").await;
    assert!(there > 0 && there % 500 == 0, "{there}");
    file.seed(&plan, &Options::new()).await.unwrap();
    assert_eq!(file.number("select count(*) from posts where id <= 20000").await, 20_000);
}
