use manufactory::{AfterCreate, BoxError, Factory};
use sqlx::SqliteConnection;

#[derive(Factory)]
#[factory(table = "users", on(sqlx, sqlite), after_create)]
struct User {
    #[factory(key)]
    id: i64,
}

impl AfterCreate<SqliteConnection> for UserFactory {
    async fn after_create(self, _: &mut User, _: &mut SqliteConnection) -> Result<(), BoxError> {
        Ok(())
    }
}

fn main() {}
