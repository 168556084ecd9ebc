use manufactory::Factory;
use sqlx::SqlitePool;

struct Colour(u8);

#[derive(Factory)]
#[factory(table = "shirts", on(sqlx, sqlite))]
struct Shirt {
    #[factory(key)]
    id: i64,
    #[factory(value(Colour(1)))]
    colour: Colour,
    size: u64,
    other: Option<u64>,
    pair: (u8, u8),
}

fn make(pool: &SqlitePool) {
    let _ = Shirt::factory().create(pool);
    let _ = Shirt::factory().create_batch(pool, 3);
}

fn main() {}
