use manufactory::Factory;
use sqlx::{PgPool, SqlitePool};

#[derive(Factory)]
#[factory(table = "users", on(sqlx, postgres))]
struct User {
    #[factory(key)]
    id: i64,
}

fn wrong(pool: &SqlitePool) {
    let _ = User::factory().create(pool);
}

fn right(pool: &PgPool) {
    let _ = User::factory().create(pool);
}

fn main() {}
