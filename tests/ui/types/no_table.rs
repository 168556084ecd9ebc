use manufactory::Factory;
use sqlx::SqlitePool;

#[derive(Factory)]
struct User {
    name: String,
}

fn one(pool: &SqlitePool) {
    let _ = User::factory().create(pool);
}

fn many(pool: &SqlitePool) {
    let _ = User::factory().create_batch(pool, 3);
    let _ = User::factory().times(3).create(pool);
}

fn main() {}
