//! What it costs to keep tests apart: the time that each way takes around a test, with few tables and with many. The test
//! itself, one post and its author, does not count.
//!
//! `tests/servers run cargo bench --bench isolation`

#![allow(dead_code, reason = "models are made, not read")]

mod measure;

use manufactory::Factory;
use measure::median;
use sqlx::{AssertSqlSafe, Connection, MySqlConnection, PgConnection, SqliteConnection};
use std::env;
use std::path::PathBuf;
use std::time::Instant;

#[derive(Debug, Clone, Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}"))]
    username: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "posts")]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(format("post {n}"))]
    title: String,
}

const RUNS: usize = 31;

/// Of small and of large applications.
const TABLES: [usize; 2] = [5, 50];

/// A connection of one of the databases.
trait Connected: Connection {
    async fn sql(&mut self, sql: &str);

    /// What stands for a test.
    async fn test(&mut self);
}

macro_rules! connected {
    ($($connection:ty)*) => {$(
        impl Connected for $connection {
            async fn sql(&mut self, sql: &str) {
                sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(self).await.unwrap();
            }

            async fn test(&mut self) {
                Post::factory().create(self).await.unwrap();
            }
        }
    )*};
}

connected! { PgConnection MySqlConnection SqliteConnection }

/// A row of the result: a way, and what it takes with each number of tables.
type Costs = Vec<(&'static str, f64)>;

/// The median time that a test waits in `before` and `after`, in milliseconds.
async fn cost<T>(
    mut before: impl AsyncFnMut() -> T,
    mut test: impl AsyncFnMut(&mut T),
    mut after: impl AsyncFnMut(T),
) -> f64 {
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = Instant::now();
        let mut state = before().await;
        let mut time = start.elapsed();
        test(&mut state).await;
        let start = Instant::now();
        after(state).await;
        time += start.elapsed();
        times.push(time.as_secs_f64() * 1e3);
    }
    median(times)
}

/// The cost of statements before and after the test, on a connection that stays open.
async fn around(db: &mut impl Connected, before: &str, after: &str) -> f64 {
    let db = std::cell::RefCell::new(db);
    #[allow(clippy::await_holding_refcell_ref, reason = "they run one after the other")]
    cost(
        async || db.borrow_mut().sql(before).await,
        async |()| db.borrow_mut().test().await,
        async |()| db.borrow_mut().sql(after).await,
    )
    .await
}

/// What is the same in all databases.
async fn in_transactions(db: &mut impl Connected, costs: &mut Costs) {
    costs.push(("rollback", around(db, "begin", "rollback").await));
    db.sql("begin").await;
    costs.push(("savepoint", around(db, "savepoint test", "rollback to savepoint test").await));
    db.sql("rollback").await;
}

/// So many tables, the first two of which the models above are stored in, with this type of keys.
fn schema(key: &str, tables: usize) -> String {
    let first = format!(
        "create table users (id {key}, username varchar(100) not null unique);
         create table posts (id {key}, author_id bigint not null references users (id), title varchar(100) not null);"
    );
    first
        + &others(tables, |i| {
            format!(
                "create table t{i} (id {key}, user_id bigint not null references users (id), name varchar(100) unique);"
            )
        })
}

/// SQL for each of the tables that no model is stored in.
fn others(tables: usize, sql: impl FnMut(usize) -> String) -> String {
    (2..tables).map(sql).collect::<Vec<_>>().concat()
}

fn delete_all(tables: usize) -> String {
    let others = others(tables, |i| format!("delete from t{i};"));
    format!("{others} delete from posts; delete from users;")
}

fn server(variable: &str) -> String {
    let url =
        env::var(variable).unwrap_or_else(|_| panic!("run it as `tests/servers run cargo bench --bench isolation`"));
    let end = url.rfind('/').filter(|end| !url[..*end].ends_with('/')).map_or(url.len(), |end| end);
    url[..end].to_owned()
}

async fn postgres(tables: usize) -> Costs {
    let server = server("MANUFACTORY_POSTGRES_URL");
    let (ddl, mut costs) = (schema("bigserial primary key", tables), Vec::new());
    let mut admin = PgConnection::connect(&format!("{server}/postgres")).await.unwrap();
    admin.sql("drop database if exists app").await;
    admin.sql("create database app").await;
    let mut db = PgConnection::connect(&format!("{server}/app")).await.unwrap();
    db.sql(&ddl).await;

    in_transactions(&mut db, &mut costs).await;
    costs.push(("delete from all tables", around(&mut db, "select 1", &delete_all(tables)).await));
    let others = others(tables, |i| format!(", t{i}"));
    let truncate = format!("truncate posts, users{others} restart identity");
    costs.push(("truncate all tables", around(&mut db, "select 1", &truncate).await));
    let create = format!("create schema test; set search_path = test; {ddl}");
    costs.push(("a schema, its tables", around(&mut db, &create, "drop schema test cascade").await));
    db.close().await.unwrap();

    let (address, admin) = (format!("{server}/test"), std::cell::RefCell::new(admin));
    #[allow(clippy::await_holding_refcell_ref, reason = "they run one after the other")]
    let template = cost(
        async || {
            admin.borrow_mut().sql("create database test template app").await;
            PgConnection::connect(&address).await.unwrap()
        },
        async |db| db.test().await,
        async |db| {
            db.close().await.unwrap();
            admin.borrow_mut().sql("drop database test with (force)").await;
        },
    )
    .await;
    costs.push(("a database from a template", template));
    let connect = async || PgConnection::connect(&format!("{server}/app")).await.unwrap();
    costs.push(("a new connection", cost(connect, async |_| {}, async |db| db.close().await.unwrap()).await));
    admin.into_inner().sql("drop database app with (force)").await;
    costs
}

async fn mariadb(tables: usize) -> Costs {
    let server = server("MANUFACTORY_MYSQL_URL");
    let (ddl, mut costs) = (schema("bigint auto_increment primary key", tables), Vec::new());
    let mut db = MySqlConnection::connect(&server).await.unwrap();
    db.sql("drop database if exists app; create database app; use app").await;
    db.sql(&ddl).await;

    in_transactions(&mut db, &mut costs).await;
    costs.push(("delete from all tables", around(&mut db, "select 1", &delete_all(tables)).await));
    let others = others(tables, |i| format!("truncate t{i};"));
    let truncate =
        format!("set foreign_key_checks = 0; truncate posts; truncate users; {others} set foreign_key_checks = 1");
    costs.push(("truncate all tables", around(&mut db, "select 1", &truncate).await));
    let create = format!("create database test; use test; {ddl}");
    costs.push(("a database, its tables", around(&mut db, &create, "drop database test").await));
    let connect = async || MySqlConnection::connect(&format!("{server}/app")).await.unwrap();
    costs.push(("a new connection", cost(connect, async |_| {}, async |db| db.close().await.unwrap()).await));
    db.sql("drop database app").await;
    costs
}

async fn sqlite(tables: usize) -> Costs {
    let (ddl, mut costs) = (schema("integer primary key", tables), Vec::new());
    let mut db = SqliteConnection::connect("sqlite::memory:").await.unwrap();
    db.sql(&ddl).await;

    in_transactions(&mut db, &mut costs).await;
    costs.push(("delete from all tables", around(&mut db, "select 1", &delete_all(tables)).await));
    let fresh = async || {
        let mut db = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        db.sql(&ddl).await;
        db
    };
    let close = async |db: SqliteConnection| db.close().await.unwrap();
    costs.push(("a database in memory, its tables", cost(fresh, async |db| db.test().await, close).await));

    let file =
        |name: &str| -> PathBuf { env::temp_dir().join(format!("manufactory-{name}-{}.db", std::process::id())) };
    let (template, copy) = (file("template"), file("copy"));
    let url = |file: &PathBuf| format!("sqlite://{}?mode=rwc", file.display());
    let mut db = SqliteConnection::connect(&url(&template)).await.unwrap();
    db.sql(&ddl).await;
    db.close().await.unwrap();
    let copied = async || {
        std::fs::copy(&template, &copy).unwrap();
        SqliteConnection::connect(&url(&copy)).await.unwrap()
    };
    let remove = async |db: SqliteConnection| {
        db.close().await.unwrap();
        std::fs::remove_file(&copy).unwrap();
    };
    costs.push(("a copy of a file", cost(copied, async |db| db.test().await, remove).await));
    std::fs::remove_file(&template).unwrap();
    costs
}

fn print(name: &str, few: &Costs, many: &Costs) {
    println!("\n{name:<34} {:>7} tables {:>7} tables", TABLES[0], TABLES[1]);
    for ((way, few), (_, many)) in few.iter().zip(many) {
        println!("  {way:<32} {few:>11.2} ms {many:>11.2} ms");
    }
}

#[tokio::main]
async fn main() {
    let [few, many] = TABLES;
    print("Postgres", &postgres(few).await, &postgres(many).await);
    print("MariaDB", &mariadb(few).await, &mariadb(many).await);
    print("SQLite", &sqlite(few).await, &sqlite(many).await);
}
