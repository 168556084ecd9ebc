//! A database of its own for every test that needs a server, from when it asks for it until the test ends, however it
//! ends. Knows which servers there are, and no library but the one it asks them through.
//!
//! Tests that use it stand behind the feature `_servers`, so that `cargo test` needs no server. With the feature they
//! fail where the environment names none: they never pass without having run.

use sqlx::{AssertSqlSafe, Connection, MySqlConnection, PgConnection};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{SystemTime, UNIX_EPOCH};
use std::{env, process, thread};

/// A new database on the Postgres that the environment names.
pub(crate) async fn postgres() -> Database {
    Database::create(Server::Postgres).await
}

/// A new database on the MySQL or MariaDB that the environment names.
pub(crate) async fn mysql() -> Database {
    Database::create(Server::Mysql).await
}

/// For tests that are not async: waits for what [`postgres`] and [`mysql`] give.
pub(crate) fn block_on<T: Send>(future: impl Future<Output = T> + Send) -> T {
    let run = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future);
    // A thread of its own: this one may belong to a runtime, which would not let another one wait on it.
    thread::scope(|scope| scope.spawn(run).join()).unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// An empty database that nobody else uses. It is dropped with this value, and whoever is still connected is thrown out.
#[derive(Debug)]
pub(crate) struct Database {
    server: Server,
    name: String,
    url: String,
}

impl Database {
    /// What any library connects to it with.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// What it is called on its server.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    async fn create(server: Server) -> Self {
        let name = fresh_name();
        server
            .run(server.create(&name))
            .await
            .unwrap_or_else(|error| panic!("cannot create a database for the test: {error}"));
        Self { server, url: server.url_of(&name), name }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let dropped = block_on(async {
            self.server.throw_out_clients_of(&self.name).await?;
            self.server.run(self.server.drop(&self.name)).await
        });
        match dropped {
            Ok(()) => {}
            Err(error) if thread::panicking() => eprintln!("cannot drop the database {}: {error}", self.name),
            Err(error) => panic!("cannot drop the database {}: {error}", self.name),
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum Server {
    Postgres,
    Mysql,
}

impl Server {
    /// As an administrator.
    fn url(self) -> String {
        let variable = match self {
            Self::Postgres => "MANUFACTORY_POSTGRES_URL",
            Self::Mysql => "MANUFACTORY_MYSQL_URL",
        };
        match env::var(variable) {
            Ok(url) if !url.is_empty() => url,
            _ => panic!(
                "this test needs a server: run ./test, or `tests/servers run cargo test ..`, which start one; \
                 or say in {variable} where there is one"
            ),
        }
    }

    fn url_of(self, database: &str) -> String {
        Self::url_in(&self.url(), database)
    }

    fn url_in(url: &str, database: &str) -> String {
        let (address, options) = url.split_once('?').map_or((url, None), |(address, options)| (address, Some(options)));
        let authority = address.find("://").map_or(0, |at| at + 3);
        let end = address[authority..].find('/').map_or(address.len(), |at| authority + at);
        let options = options.map(|options| format!("?{options}")).unwrap_or_default();
        format!("{}/{database}{options}", &address[..end])
    }

    /// From the template that nobody may be connected to, so that tests do not wait for each other.
    fn create(self, name: &str) -> String {
        match self {
            Self::Postgres => format!("create database {name} template template0 encoding 'UTF8'"),
            Self::Mysql => format!("create database {name} character set utf8mb4"),
        }
    }

    fn drop(self, name: &str) -> String {
        match self {
            Self::Postgres => format!("drop database {name} with (force)"),
            Self::Mysql => format!("drop database {name}"),
        }
    }

    /// Those whose open transactions would keep the database from being dropped.
    async fn throw_out_clients_of(self, name: &str) -> sqlx::Result<()> {
        if let Self::Mysql = self {
            let sql = format!("select cast(id as signed) from information_schema.processlist where db = '{name}'");
            let mut connection = MySqlConnection::connect(&self.url()).await?;
            let clients: Vec<i64> = sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut connection).await?;
            for client in clients {
                // It may have left by itself.
                let _ = sqlx::raw_sql(AssertSqlSafe(format!("kill {client}"))).execute(&mut connection).await;
            }
        }
        Ok(())
    }

    async fn run(self, sql: String) -> sqlx::Result<()> {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql));
        match self {
            Self::Postgres => sql.execute(&mut PgConnection::connect(&self.url()).await?).await.map(drop),
            Self::Mysql => sql.execute(&mut MySqlConnection::connect(&self.url()).await?).await.map(drop),
        }
    }
}

/// Of the test, and never given again, by no other process either.
fn fresh_name() -> String {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_micros();
    let number = NUMBER.fetch_add(1, Relaxed);
    let test =
        thread::current().name().unwrap_or_default().to_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    let mut name = format!("m{}_{now:x}_{number}_{test}", process::id());
    // The longest name that Postgres takes; MySQL takes one byte more.
    name.truncate(63);
    name
}

#[cfg(feature = "_servers")]
mod tests {
    use super::*;

    fn exists(database: &Database) -> bool {
        block_on(async {
            let sql = match database.server {
                Server::Postgres => "select count(*) from pg_database where datname = $1",
                Server::Mysql => "select count(*) from information_schema.schemata where schema_name = ?",
            };
            let url = database.server.url();
            let count: i64 = match database.server {
                Server::Postgres => {
                    let mut connection = PgConnection::connect(&url).await.unwrap();
                    sqlx::query_scalar(sql).bind(database.name()).fetch_one(&mut connection).await.unwrap()
                }
                Server::Mysql => {
                    let mut connection = MySqlConnection::connect(&url).await.unwrap();
                    sqlx::query_scalar(sql).bind(database.name()).fetch_one(&mut connection).await.unwrap()
                }
            };
            count == 1
        })
    }

    /// What the database was called, to ask for it once it is gone.
    fn shadow(database: &Database) -> std::mem::ManuallyDrop<Database> {
        let (name, url) = (database.name.clone(), database.url.clone());
        std::mem::ManuallyDrop::new(Database { server: database.server, name, url })
    }

    #[test]
    fn a_database_goes_with_its_test() {
        for make in [|| block_on(postgres()), || block_on(mysql())] {
            let (one, other) = (make(), make());
            assert_ne!(one.name(), other.name());
            let shadow = shadow(&one);
            assert!(exists(&shadow));
            drop(one);
            assert!(!exists(&shadow) && exists(&other));
        }
    }

    #[test]
    fn a_database_goes_with_a_test_that_fails() {
        for make in [|| block_on(postgres()), || block_on(mysql())] {
            let database = make();
            let shadow = shadow(&database);
            let failed = thread::spawn(move || {
                let _database = database;
                panic!("a test that fails on purpose");
            });
            assert!(failed.join().is_err());
            assert!(!exists(&shadow));
        }
    }

    #[tokio::test]
    async fn an_open_transaction_does_not_keep_a_database() {
        let database = postgres().await;
        let mut connection = PgConnection::connect(database.url()).await.unwrap();
        sqlx::raw_sql("create table t (id int); begin; insert into t values (1)")
            .execute(&mut connection)
            .await
            .unwrap();
        let shadow = shadow(&database);
        drop(database);
        assert!(!exists(&shadow));

        let database = mysql().await;
        let mut connection = MySqlConnection::connect(database.url()).await.unwrap();
        sqlx::raw_sql("create table t (id int); begin; insert into t values (1)")
            .execute(&mut connection)
            .await
            .unwrap();
        let shadow = self::shadow(&database);
        drop(database);
        assert!(!exists(&shadow));
    }

    #[test]
    fn options_of_the_url_stay() {
        let url = Server::url_in("postgres://me:secret@localhost:5432/postgres?sslmode=disable", "one");
        assert_eq!(url, "postgres://me:secret@localhost:5432/one?sslmode=disable");
        assert_eq!(Server::url_in("mysql://me@localhost", "one"), "mysql://me@localhost/one");
    }
}
