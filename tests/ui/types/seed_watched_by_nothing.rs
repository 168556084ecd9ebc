use manufactory::seed::{Options, Plan};

async fn wrong(plan: &Plan, db: &mut sqlx::SqliteConnection) {
    let _ = plan.run(db, &Options::new(), &mut 3).await;
}

fn main() {}
