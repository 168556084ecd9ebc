use manufactory::Factory;
use sqlx::SqlitePool;
use std::rc::Rc;

#[derive(Factory)]
#[factory(table = "users", on(sqlx, sqlite))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(skip)]
    cache: Rc<u8>,
}

fn wrong(pool: &SqlitePool) {
    let _ = User::factory().create(pool);
}

fn main() {}
