//! A database opened by its URL, through whichever library is enabled. Knows libraries only as something that opens.

use super::books::{self, Books};
use super::failure::Failure;
use super::options::Options;
use super::plan::Plan;
use super::run;
use super::sql::{Begun, Sql};
use super::step::writer_of;
use super::summary::Summary;
use super::watch::Watch;
use crate::async_trait;
use crate::persist::{BoxFuture, Opens, Visitor, visit_all};
use std::fmt;

/// A database that was opened by its URL, with the first enabled feature that can: sqlx before Diesel.
///
/// Where a call is dropped before it is over, its connection is closed, so that nothing of what it has begun stays, and the
/// next call opens another one. A database in memory is gone with its connection.
///
/// ```no_run
/// use manufactory::seed::{Database, Options, Plan};
///
/// # async fn seed(plan: &Plan) -> Result<(), manufactory::seed::Failure> {
/// let mut db = Database::open("sqlite:dev.db").await?;
/// let summary = db.run(plan, &Options::new(), &mut ()).await?;
/// println!("{summary}");
/// # Ok(())
/// # }
/// ```
pub struct Database(Box<dyn Opened>);

/// How far a step is.
///
/// ```
/// # use manufactory::Factory;
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// use manufactory::seed::{Database, Plan};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut plan = Plan::new();
/// plan.step("users", 1_000, |_| User::factory());
///
/// let mut db = Database::open("sqlite::memory:").await?;
/// for step in db.status(&plan).await? {
///     assert_eq!((step.name.as_str(), step.total, step.done), ("users", None, 0)); // never begun
/// }
/// # Ok::<(), manufactory::seed::Failure>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StepStatus {
    /// Its name.
    pub name: String,
    /// How many rows it has. `None` where it was never begun.
    pub total: Option<u64>,
    /// How many of them are there.
    pub done: u64,
}

impl Database {
    /// Opens a database. A file of SQLite that is not there is made.
    ///
    /// ```
    /// use manufactory::seed::Database;
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let db = Database::open("sqlite::memory:").await?;
    /// assert_eq!(db.kind(), "sqlite");
    ///
    /// let why = Database::open("redis://localhost").await.unwrap_err();
    /// assert!(why.to_string().starts_with("a URL that begins with `redis:` is opened by none of the enabled features"));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    /// No enabled feature opens such a URL, or it cannot be opened. The URL, which may hold a password, is not repeated.
    pub async fn open(url: &str) -> Result<Self, Failure> {
        let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
        let kind = match scheme {
            "postgresql" => "postgres",
            "mariadb" => "mysql",
            other => other,
        };
        let mut ways = Ways { url, kind, known: Vec::new(), opening: None };
        visit_all(&mut ways);
        match ways.opening {
            Some(opening) => opening.await.map(Self),
            None => Err(Failure::Plan(unknown(scheme, &ways.known).into())),
        }
    }

    /// `"sqlite"`, `"postgres"` or `"mysql"`.
    ///
    /// ```
    /// # use manufactory::seed::Database;
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let db = Database::open("sqlite::memory:").await?;
    /// assert_eq!(db.kind(), "sqlite");
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// # }).unwrap();
    /// ```
    pub fn kind(&self) -> &'static str {
        self.0.kind()
    }

    /// Carries a plan out: see [`Plan::run`].
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Database, Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut plan = Plan::new();
    /// plan.before(|mut db| {
    ///     Box::pin(async move {
    ///         db.execute("create table if not exists users (id integer primary key, username text not null)").await
    ///     })
    /// });
    /// plan.step("users", 100, |_| User::factory());
    ///
    /// let mut db = Database::open("sqlite::memory:").await?;
    /// assert_eq!(db.run(&plan, &Options::new(), &mut ()).await?.written(), 100);
    /// assert_eq!(db.run(&plan, &Options::new(), &mut ()).await?.written(), 0); // they are there already
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    /// As [`Plan::run`].
    pub async fn run(&mut self, plan: &Plan, options: &Options, watch: &mut dyn Watch) -> Result<Summary, Failure> {
        self.0.run(plan, options, watch).await
    }

    /// How far each step is. Nothing is written.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Database, Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # let mut plan = Plan::new();
    /// # plan.before(|mut db| Box::pin(async move { db.execute("create table if not exists users (id integer primary key, username text)").await }));
    /// # plan.step("users", 100, |_| User::factory());
    /// # let mut db = Database::open("sqlite::memory:").await?;
    /// db.run(&plan, &Options::new(), &mut ()).await?;
    /// let users = &db.status(&plan).await?[0];
    /// assert_eq!((users.total, users.done), (Some(100), 100));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    /// The database has failed.
    pub async fn status(&mut self, plan: &Plan) -> Result<Vec<StepStatus>, Failure> {
        self.0.status(plan).await
    }

    /// Empties the tables of the plan's steps, those of children first, and forgets how far they were. Gives each
    /// table's quoted name, and how many rows it had.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Database, Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # let mut plan = Plan::new();
    /// # plan.before(|mut db| Box::pin(async move { db.execute("create table if not exists users (id integer primary key, username text)").await }));
    /// # plan.step("users", 100, |_| User::factory());
    /// # let mut db = Database::open("sqlite::memory:").await?;
    /// db.run(&plan, &Options::new(), &mut ()).await?;
    /// for (table, rows) in db.fresh(&plan).await? {
    ///     assert_eq!((table.as_str(), rows), (r#""users""#, 100));
    /// }
    /// assert_eq!(db.run(&plan, &Options::new(), &mut ()).await?.written(), 100); // all of them once more
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    /// The database refuses: other tables may point at these rows. Nothing is then emptied.
    pub async fn fresh(&mut self, plan: &Plan) -> Result<Vec<(String, u64)>, Failure> {
        self.0.fresh(plan).await
    }
}

impl fmt::Debug for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Database").field("kind", &self.kind()).finish_non_exhaustive()
    }
}

fn unknown(scheme: &str, known: &[(&str, &str)]) -> String {
    let known: Vec<_> = known.iter().map(|(kind, library)| format!("{kind} (through {library})")).collect();
    if known.is_empty() {
        return "no database is enabled: add one of manufactory's features, such as `sqlx-sqlite`".to_owned();
    }
    format!(
        "a URL that begins with `{scheme}:` is opened by none of the enabled features; they open {}",
        known.join(", ")
    )
}

/// Looks for a backend that opens a URL.
struct Ways<'u> {
    url: &'u str,
    kind: &'u str,
    known: Vec<(&'static str, &'static str)>,
    opening: Option<BoxFuture<'u, Result<Box<dyn Opened>, Failure>>>,
}

impl Visitor for Ways<'_> {
    fn visit<B: Opens>(&mut self) {
        self.known.push((B::KIND, B::LIBRARY));
        if self.opening.is_some() || B::KIND != self.kind {
            return;
        }
        let url = self.url.to_owned();
        self.opening = Some(Box::pin(async move {
            let mut through = Through::<B> { url, idle: None };
            through.idle = Some(through.connection().await?);
            Ok(Box::new(through) as Box<dyn Opened>)
        }));
    }
}

/// A connection whose backend nobody has to know.
#[async_trait]
trait Opened: Send {
    fn kind(&self) -> &'static str;
    async fn run(&mut self, plan: &Plan, options: &Options, watch: &mut dyn Watch) -> Result<Summary, Failure>;
    async fn status(&mut self, plan: &Plan) -> Result<Vec<StepStatus>, Failure>;
    async fn fresh(&mut self, plan: &Plan) -> Result<Vec<(String, u64)>, Failure>;
}

struct Through<B: Opens> {
    url: String,
    /// The connection, where no call has it.
    idle: Option<B::Owned>,
}

impl<B: Opens> Through<B> {
    /// The connection for a call, which puts it back. One that is dropped drops it, too.
    async fn connection(&mut self) -> Result<B::Owned, Failure> {
        if let Some(idle) = self.idle.take() {
            return Ok(idle);
        }
        B::open(&self.url).await.map_err(|why| Failure::Database(format!("it cannot be opened: {why}").into()))
    }
}

#[async_trait]
#[diagnostic::do_not_recommend]
impl<B: Opens> Opened for Through<B> {
    fn kind(&self) -> &'static str {
        B::KIND
    }

    async fn run(&mut self, plan: &Plan, options: &Options, watch: &mut dyn Watch) -> Result<Summary, Failure> {
        let mut db = self.connection().await?;
        let ran = run::run::<B>(plan, &mut db, options, watch).await;
        self.idle = Some(db);
        ran
    }

    async fn status(&mut self, plan: &Plan) -> Result<Vec<StepStatus>, Failure> {
        let mut db = self.connection().await?;
        let mut sql = Sql::<B>(&mut db);
        let books = if Books::are_there(&mut sql).await { Books::read(&mut sql).await } else { Ok(Books::default()) };
        self.idle = Some(db);
        let books = books.map_err(Failure::Database)?;
        let steps = plan.steps.iter().map(|step| {
            let entry = books.steps.get(&step.name);
            let done = entry.map_or(0, |entry| entry.done.values().sum());
            StepStatus { name: step.name.clone(), total: entry.map(|entry| entry.extent.total), done }
        });
        Ok(steps.collect())
    }

    async fn fresh(&mut self, plan: &Plan) -> Result<Vec<(String, u64)>, Failure> {
        let mut db = self.connection().await?;
        let emptied = afresh::<B>(plan, &mut db).await;
        self.idle = Some(db);
        emptied
    }
}

async fn afresh<B: Opens>(plan: &Plan, db: &mut B::Owned) -> Result<Vec<(String, u64)>, Failure> {
    run::before::<B>(plan, db).await?;
    let mut begun = Begun::<B>::of(db).await.map_err(Failure::Database)?;
    let emptied = emptied(plan, &mut begun.sql()).await;
    match emptied {
        Ok(emptied) => begun.commit().await.map_err(Failure::Database).map(|()| emptied),
        Err(why) => {
            begun.roll_back().await;
            Err(Failure::Database(why))
        }
    }
}

/// Empties the tables, the last one first.
async fn emptied<B: Opens>(plan: &Plan, sql: &mut Sql<'_, B>) -> Result<Vec<(String, u64)>, crate::BoxError> {
    let mut emptied: Vec<(String, u64)> = Vec::new();
    for step in plan.steps.iter().rev().filter(|step| step.rows.source().is_made()) {
        let Some(writer) = writer_of::<B>(&*step.rows) else { continue };
        let table = Sql::<B>::table(&writer.table());
        if emptied.iter().any(|(known, _)| *known == table) {
            continue;
        }
        let rows = sql.ints(&format!("select count(*) from {table}")).await?;
        let rows = rows.into_iter().flatten().next().unwrap_or(0).unsigned_abs();
        let done = sql.say(format!("delete from {table}")).await;
        done.map_err(|why| format!("{table} cannot be emptied: {why}"))?;
        emptied.push((table, rows));
    }
    Books::open(sql).await?;
    Books::clear(sql).await?;
    emptied.push((Sql::<B>::name(books::TABLE), 0));
    emptied.pop();
    Ok(emptied)
}
