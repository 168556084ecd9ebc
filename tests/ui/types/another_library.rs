use manufactory::Factory;
use diesel::SqliteConnection;

#[derive(Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
}

mod schema {
    diesel::table! { posts (id) { id -> BigInt, } }
}

#[derive(Factory)]
#[factory(table = schema::posts, on(diesel, sqlite))]
struct Post {
    #[factory(key)]
    id: i64,
}

fn wrong(db: &mut SqliteConnection, pool: &sqlx::SqlitePool) {
    let _ = User::factory().create(db);
    let _ = Post::factory().create(pool);
}

fn main() {}
