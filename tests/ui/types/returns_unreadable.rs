use manufactory::Factory;

struct User;

#[derive(Factory)]
#[factory(table = "users", on(sqlx, sqlite), returns = User)]
struct NewUser {
    username: String,
}

async fn create(db: &sqlx::SqlitePool) {
    let _ = NewUser::factory().create(db).await;
}

fn main() {}
