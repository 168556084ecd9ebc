use manufactory::Factory;
use sqlx::SqlitePool;

#[derive(Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
}

fn wrong(pool: SqlitePool, url: &str) {
    let _ = User::factory().create(3);
    let _ = User::factory().create(url);
    let _ = User::factory().create(&mut String::new());
    let _ = User::factory().create_batch(&mut Vec::<User>::new(), 3);
    let _ = User::factory().create(pool);
}

fn main() {}
