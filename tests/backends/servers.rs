//! stub
use sqlx::{AssertSqlSafe, Connection, MySqlConnection, PgConnection};
use std::sync::atomic::{AtomicUsize, Ordering};
static N: AtomicUsize = AtomicUsize::new(0);
pub struct Database {
    url: String,
}
impl Database {
    pub fn url(&self) -> &str {
        &self.url
    }
}
pub async fn postgres() -> Database {
    let base = std::env::var("MANUFACTORY_POSTGRES_URL").unwrap();
    let name = format!("t{}_{}", std::process::id(), N.fetch_add(1, Ordering::Relaxed));
    let mut c = PgConnection::connect(&base).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("create database {name}"))).execute(&mut c).await.unwrap();
    let at = base.rfind('/').unwrap();
    Database { url: format!("{}/{name}", &base[..at]) }
}
pub async fn mysql() -> Database {
    let base = std::env::var("MANUFACTORY_MYSQL_URL").unwrap();
    let name = format!("t{}_{}", std::process::id(), N.fetch_add(1, Ordering::Relaxed));
    let mut c = MySqlConnection::connect(&base).await.unwrap();
    sqlx::raw_sql(AssertSqlSafe(format!("create database {name}"))).execute(&mut c).await.unwrap();
    let at = base.rfind('/').unwrap();
    Database { url: format!("{}/{name}", &base[..at]) }
}
