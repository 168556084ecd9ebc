//! What is looked at after a fault, whatever it was: the error, the rows, the transactions, the connection, the pool and
//! the numbers. Counts what was tried. Knows no fault and no library.

use crate::libraries::Library;
use crate::models::{self, Call, User};
use manufactory::{Factory, Result, Session, Stage, session::Guard};
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};
use std::time::{Duration, Instant};
#[cfg(feature = "_servers")]
use {
    crate::servers::{self, Database},
    crate::wire::Wire,
    sqlx::{MySqlConnection, PgConnection},
};

/// How long a server may take to see that a client is gone.
const PATIENCE: Duration = Duration::from_secs(20);

/// A database of its own in which something is tried, seen by somebody else.
pub(crate) struct Bench {
    watch: Watch,
    url: String,
    /// Rows of the calls that have succeeded.
    made: i64,
    tried: u32,
    /// What the errors said, each once.
    told: Vec<String>,
    session: Session,
    _guard: Guard,
}

enum Watch {
    Sqlite(SqliteConnection, File),
    #[cfg(feature = "_servers")]
    Postgres(PgConnection, Database),
    #[cfg(feature = "_servers")]
    Mysql(MySqlConnection, Database),
}

impl Bench {
    /// In a file.
    pub(crate) async fn sqlite() -> Self {
        let file = File::new();
        let url = file.0.display().to_string();
        let mut watch = SqliteConnection::connect(&format!("{url}?mode=rwc")).await.unwrap();
        for table in models::SQLITE {
            sqlx::raw_sql(table).execute(&mut watch).await.unwrap();
        }
        Self::new(Watch::Sqlite(watch, file), url)
    }

    /// On a Postgres.
    #[cfg(feature = "_servers")]
    pub(crate) async fn postgres() -> Self {
        let database = servers::postgres().await;
        let url = Wire::to_postgres(&database).url().to_owned();
        let mut watch = PgConnection::connect(&url).await.unwrap();
        for table in models::POSTGRES {
            sqlx::raw_sql(table).execute(&mut watch).await.unwrap();
        }
        Self::new(Watch::Postgres(watch, database), url)
    }

    /// On a MySQL or MariaDB.
    #[cfg(feature = "_servers")]
    pub(crate) async fn mysql() -> Self {
        let database = servers::mysql().await;
        let mut watch = MySqlConnection::connect(database.url()).await.unwrap();
        for table in models::MYSQL {
            sqlx::raw_sql(table).execute(&mut watch).await.unwrap();
        }
        let url = database.url().to_owned();
        Self::new(Watch::Mysql(watch, database), url)
    }

    fn new(watch: Watch, url: String) -> Self {
        // Its numbers are nobody else's.
        let session = Session::seeded(7);
        let guard = session.enter();
        Self { watch, url, made: 0, tried: 0, told: Vec::new(), session, _guard: guard }
    }

    /// What a library connects with.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Its session, for other threads to enter.
    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    #[cfg(feature = "_servers")]
    pub(crate) fn database(&self) -> &Database {
        match &self.watch {
            Watch::Postgres(_, database) | Watch::Mysql(_, database) => database,
            Watch::Sqlite(..) => panic!("it is a file"),
        }
    }

    /// Whether it is on a MySQL or MariaDB.
    pub(crate) fn is_mysql(&self) -> bool {
        self.url.starts_with("mysql:")
    }

    /// Runs text as somebody else.
    pub(crate) async fn say(&mut self, sql: &str) {
        let sql = sqlx::raw_sql(AssertSqlSafe(sql.to_owned()));
        match &mut self.watch {
            Watch::Sqlite(db, _) => drop(sql.execute(db).await.unwrap()),
            #[cfg(feature = "_servers")]
            Watch::Postgres(db, _) => drop(sql.execute(db).await.unwrap()),
            #[cfg(feature = "_servers")]
            Watch::Mysql(db, _) => drop(sql.execute(db).await.unwrap()),
        }
    }

    /// A number that somebody else is given.
    pub(crate) async fn number(&mut self, sql: &str) -> i64 {
        let sql = AssertSqlSafe(sql.to_owned());
        match &mut self.watch {
            Watch::Sqlite(db, _) => sqlx::query_scalar(sql).fetch_one(db).await.unwrap(),
            #[cfg(feature = "_servers")]
            Watch::Postgres(db, _) => sqlx::query_scalar(sql).fetch_one(db).await.unwrap(),
            #[cfg(feature = "_servers")]
            Watch::Mysql(db, _) => sqlx::query_scalar(sql).fetch_one(db).await.unwrap(),
        }
    }

    /// A text that somebody else is given, by a MySQL or MariaDB.
    #[cfg(feature = "_servers")]
    pub(crate) async fn text(&mut self, sql: &'static str) -> String {
        let Watch::Mysql(db, _) = &mut self.watch else { panic!("not here") };
        sqlx::query_scalar(sql).fetch_one(db).await.unwrap()
    }

    /// A way to its server on which statements meet faults.
    #[cfg(feature = "_servers")]
    pub(crate) fn wire(&self) -> Wire {
        match &self.watch {
            Watch::Postgres(_, database) => Wire::to_postgres(database),
            Watch::Mysql(_, database) => Wire::to_mysql(database),
            Watch::Sqlite(..) => panic!("there is no wire"),
        }
    }

    /// A server that is killed keeps what it has said to be committed: not so those of the tests, as they are started.
    #[cfg(feature = "_servers")]
    pub(crate) async fn keep_what_is_committed(&mut self) {
        let sql = match &self.watch {
            Watch::Postgres(_, database) => format!("alter database {} set synchronous_commit = on", database.name()),
            _ => "set global innodb_flush_log_at_trx_commit = 2".to_owned(),
        };
        self.say(&sql).await;
    }

    /// Waits for a server that was started again.
    #[cfg(feature = "_servers")]
    pub(crate) async fn reconnect(&mut self) {
        let start = Instant::now();
        loop {
            let again = match &mut self.watch {
                Watch::Sqlite(..) => return,
                Watch::Postgres(db, _) => PgConnection::connect(&self.url).await.map(|again| *db = again),
                Watch::Mysql(db, _) => MySqlConnection::connect(&self.url).await.map(|again| *db = again),
            };
            match again {
                Ok(()) => return,
                Err(error) => assert!(start.elapsed() < PATIENCE, "it is not back: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// All rows of the database.
    pub(crate) async fn rows(&mut self) -> i64 {
        self.number(models::ROWS).await
    }

    /// Waits until nobody else is counted.
    async fn wait_for(&mut self, what: &str, sql: Option<&str>) {
        // Who wants to write to a file has to wait for those that do.
        let Some(sql) = sql else { return self.say("begin immediate; rollback").await };
        let start = Instant::now();
        // What InnoDB tells of transactions is not renewed before nobody has asked for a tenth of a second: who asks ever
        // more seldom hears of it, also where others ask.
        let mut pause = Duration::from_millis(5);
        while self.number(sql).await > 0 {
            assert!(start.elapsed() < PATIENCE, "{what} after {PATIENCE:?}");
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_millis(700));
        }
    }

    /// Nobody else is in a transaction, at the latest when the server has seen who is gone, who may still be writing.
    async fn nobody_is_in_a_transaction(&mut self, may_write: bool) {
        let sql = match &self.watch {
            Watch::Sqlite(..) => None,
            #[cfg(feature = "_servers")]
            Watch::Postgres(..) => Some(
                "select count(*) from pg_stat_activity
                 where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'",
            ),
            #[cfg(feature = "_servers")]
            Watch::Mysql(..) => Some(
                "select count(*) from information_schema.processlist p
                 join information_schema.innodb_trx t on t.trx_mysql_thread_id = p.id
                 where p.db = database() and p.id <> connection_id()",
            ),
        };
        if may_write && self.is_mysql() {
            // What the server tells may be a tenth of a second old.
            tokio::time::sleep(Duration::from_millis(110)).await;
        }
        self.wait_for("a transaction is open", sql).await;
    }

    /// Nobody else is connected, at the latest when the server has seen who is gone.
    async fn nobody_is_there(&mut self) {
        let sql = match &self.watch {
            Watch::Sqlite(..) => None,
            #[cfg(feature = "_servers")]
            Watch::Postgres(..) => Some(
                "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()",
            ),
            #[cfg(feature = "_servers")]
            Watch::Mysql(..) => Some(
                "select count(*) from information_schema.processlist where db = database() and id <> connection_id()",
            ),
        };
        self.wait_for("somebody is connected", sql).await;
    }

    /// The number of the next user, which is taken.
    fn next_number(&self) -> i64 {
        let _guard = self.session.enter();
        User::factory().build().name.trim_start_matches("user").parse().unwrap()
    }

    /// Looks at what a call has come to that met a fault, and makes another one.
    pub(crate) async fn look<L: Library>(&mut self, library: L, call: &Call, came_to: Outcome) {
        self.tried += 1;
        let (call_rows, mut maybe) = (call.rows(), 0);
        match came_to {
            Outcome::Made => self.made += call_rows,
            Outcome::Refused(told) => self.hear(told),
            Outcome::Unknown(told) => {
                self.hear(told);
                maybe = call_rows;
            }
            Outcome::Dropped => maybe = call_rows,
            Outcome::Panicked => {}
        }
        self.try_again(library, maybe).await;
    }

    fn hear(&mut self, told: String) {
        if !self.told.contains(&told) {
            self.told.push(told);
        }
    }

    /// The connection goes on or is closed, the pool is whole, and the numbers go on; and in the end there is no row but
    /// those of calls that succeeded, and maybe some.
    async fn try_again<L: Library>(&mut self, mut library: L, maybe: i64) {
        let retry = Call::Graph;
        let before = self.next_number();
        match library.make(retry.clone()).await {
            Ok(()) => {
                self.made += retry.rows();
                assert_eq!(self.next_number() - before - 1, 9, "users of a graph");
                library.say("select 1").await;
                self.nobody_is_in_a_transaction(maybe > 0).await;
                self.all_or_none(maybe).await;
                drop(library);
                self.nobody_is_there().await;
            }
            Err(error) => {
                assert!(!L::IS_POOL, "a pool goes on: {error:?}");
                let again = library.make(Call::Single).await.expect_err("closed is closed");
                assert!(again.to_string().contains("User"), "{again}");
                drop(library);
                self.nobody_is_there().await;
                self.all_or_none(maybe).await;
            }
        }
        self.all_or_none(0).await;
    }

    /// There are no rows but those of calls that succeeded, and maybe so many.
    pub(crate) async fn all_or_none(&mut self, maybe: i64) {
        let rows = self.rows().await - self.made;
        assert!(rows == 0 || rows == maybe, "{rows} rows too many, not {maybe}, after {:?}", self.told.last());
        self.made += rows;
    }

    /// How to wait for a lock only shortly, and what is then said.
    pub(crate) fn of_locks(&self) -> (&'static str, &'static str) {
        match self.watch {
            Watch::Sqlite(..) => ("pragma busy_timeout = 20", "database is locked"),
            #[cfg(feature = "_servers")]
            Watch::Postgres(..) => ("set lock_timeout = 100", "canceling statement due to lock timeout"),
            #[cfg(feature = "_servers")]
            Watch::Mysql(..) => ("set innodb_lock_wait_timeout = 1", "Lock wait timeout exceeded"),
        }
    }

    /// Whoever connects from now on waits only shortly before it looks for a deadlock.
    #[cfg(feature = "_servers")]
    pub(crate) async fn hurry_deadlocks(&mut self) {
        if let Watch::Postgres(_, database) = &self.watch {
            let alter = format!("alter database {} set deadlock_timeout = 20", database.name());
            self.say(&alter).await;
        }
    }

    /// Takes rows as made by calls that succeeded elsewhere.
    pub(crate) fn count(&mut self, rows: i64) {
        self.made += rows;
    }

    /// A line of the table: `fault | database | library | times tried | rows lost or left`, and an error that was read.
    pub(crate) async fn tell<L: Library>(mut self, fault: &str) {
        assert!(self.tried > 0, "nothing was tried");
        let wrong = (self.rows().await - self.made).abs();
        let database = match self.watch {
            Watch::Sqlite(..) => "SQLite",
            #[cfg(feature = "_servers")]
            Watch::Postgres(..) => "Postgres",
            #[cfg(feature = "_servers")]
            Watch::Mysql(..) => "MariaDB",
        };
        println!("fault | {fault} | {database} | {} | {} | {wrong}", L::NAME, self.tried);
        for told in &self.told {
            println!("told of {fault}, {database}, {}: {told}", L::NAME);
        }
        assert_eq!(wrong, 0);
    }
}

/// What a call has come to.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// All of its rows.
    Made,
    /// None of them, and an error.
    Refused(String),
    /// An error that says that nobody knows.
    Unknown(String),
    /// Nobody has waited for it: all of its rows, or none.
    Dropped,
    /// None of them, and a panic.
    Panicked,
}

impl Outcome {
    /// Reads an error: it names a factory and says more than that, and says so if it does not know what became of the
    /// rows.
    pub(crate) fn of(made: Result<()>) -> Self {
        let Err(error) = made else { return Self::Made };
        let told = format!("{error:?}");
        assert!(["User", "Post", "Comment", "Hooked"].contains(&error.factory()), "{told}");
        assert!(error.to_string().contains(error.factory()) && told.contains("\n  because: "), "{told}");
        if !UNKNOWN.iter().any(|unknown| told.contains(unknown)) {
            return Self::Refused(told);
        }
        let is_of_one_row = matches!(error.stage(), Stage::Insert | Stage::Read) && error.factory() == "User";
        assert!(error.stage() == Stage::Commit || is_of_one_row, "known to be undone: {told}");
        Self::Unknown(told)
    }
}

/// What the library says where it does not know what became of the rows.
const UNKNOWN: [&str; 2] = ["look there before they are made again", "its row may have stayed in the table"];

/// A file of a database, as long as it is needed.
pub(crate) struct File(pub(crate) std::path::PathBuf);

impl File {
    fn new() -> Self {
        static NUMBER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("manufactory-faults-{}-{number}.db", std::process::id())))
    }
}

impl Drop for File {
    fn drop(&mut self) {
        for end in ["", "-journal", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.0.display()));
        }
    }
}
