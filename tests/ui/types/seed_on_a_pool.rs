use manufactory::seed::{Options, Plan};

async fn seed(plan: &Plan, mut pool: sqlx::SqlitePool) {
    let _ = plan.run(&mut pool, &Options::new(), &mut ()).await;
}

fn main() {}
