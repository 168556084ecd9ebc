//! What a task of the user's gets: the connection, whichever it is.

use crate::error::BoxError;
use crate::persist::{BoxFuture, Opens};
use std::any::Any;
use std::fmt;

/// The database that is seeded, for tasks of your own.
///
/// ```
/// use manufactory::seed::{Database, Options, Plan};
///
/// let mut plan = Plan::new();
/// plan.task("settings", |mut db| {
///     Box::pin(async move {
///         db.execute("create table settings (name text); insert into settings values ('seeded')").await
///     })
/// });
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// # Database::open("sqlite::memory:").await?.run(&plan, &Options::new(), &mut ()).await?;
/// # Ok::<(), manufactory::seed::Failure>(())
/// # }).unwrap();
/// ```
pub struct Db<'c> {
    connection: Box<dyn Connected + 'c>,
}

impl<'c> Db<'c> {
    pub(super) fn of<B: Opens>(owned: &'c mut B::Owned) -> Self {
        Self { connection: Box::new(Lent::<B>(owned)) }
    }

    /// Runs SQL without values: one statement or several.
    ///
    /// ```
    /// # use manufactory::seed::{Database, Options, Plan};
    /// # let mut plan = Plan::new();
    /// plan.before(|mut db| Box::pin(async move { db.execute("create table if not exists tags (name text)").await }));
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # Database::open("sqlite::memory:").await?.run(&plan, &Options::new(), &mut ()).await?;
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn execute(&mut self, sql: &str) -> Result<(), BoxError> {
        self.connection.execute(sql.to_owned()).await
    }

    /// `"sqlite"`, `"postgres"` or `"mysql"`.
    ///
    /// ```
    /// # use manufactory::seed::{Database, Options, Plan};
    /// # let mut plan = Plan::new();
    /// plan.task("statistics", |mut db| {
    ///     Box::pin(async move {
    ///         match db.kind() {
    ///             "sqlite" => db.execute("pragma optimize").await,
    ///             _ => Ok(()),
    ///         }
    ///     })
    /// });
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # Database::open("sqlite::memory:").await?.run(&plan, &Options::new(), &mut ()).await?;
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// # }).unwrap();
    /// ```
    pub fn kind(&self) -> &'static str {
        self.connection.kind()
    }

    /// The connection itself, if it is of this type: `sqlx::PgConnection`, `diesel::SqliteConnection` ..
    ///
    /// ```
    /// # use manufactory::seed::{Database, Options, Plan};
    /// # let mut plan = Plan::new();
    /// plan.task("version", |mut db| {
    ///     Box::pin(async move {
    ///         if let Some(db) = db.connection::<sqlx::SqliteConnection>() {
    ///             let version: String = sqlx::query_scalar("select sqlite_version()").fetch_one(db).await?;
    ///             assert!(version.starts_with('3'));
    ///         }
    ///         Ok(())
    ///     })
    /// });
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// # Database::open("sqlite::memory:").await?.run(&plan, &Options::new(), &mut ()).await?;
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// # }).unwrap();
    /// ```
    pub fn connection<C: 'static>(&mut self) -> Option<&mut C> {
        self.connection.any().downcast_mut()
    }
}

impl fmt::Debug for Db<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Db").field("kind", &self.kind()).finish_non_exhaustive()
    }
}

/// A connection whose backend nobody has to know.
trait Connected: Send {
    fn execute(&mut self, sql: String) -> BoxFuture<'_, Result<(), BoxError>>;
    fn kind(&self) -> &'static str;
    fn any(&mut self) -> &mut dyn Any;
}

struct Lent<'c, B: Opens>(&'c mut B::Owned);

impl<B: Opens> Connected for Lent<'_, B> {
    fn execute(&mut self, sql: String) -> BoxFuture<'_, Result<(), BoxError>> {
        Box::pin(async move { B::say(B::lend(self.0), sql).await.map_err(BoxError::from) })
    }

    fn kind(&self) -> &'static str {
        B::KIND
    }

    fn any(&mut self) -> &mut dyn Any {
        self.0
    }
}

/// Something that a plan has done: no factory's rows.
pub(super) struct Task(Box<Action>);

type Action = dyn for<'c> Fn(Db<'c>) -> BoxFuture<'c, Result<(), BoxError>> + Send + Sync;

impl Task {
    pub(super) fn new(
        action: impl for<'c> Fn(Db<'c>) -> BoxFuture<'c, Result<(), BoxError>> + Send + Sync + 'static,
    ) -> Self {
        Self(Box::new(action))
    }

    pub(super) fn run<'c>(&self, db: Db<'c>) -> BoxFuture<'c, Result<(), BoxError>> {
        (self.0)(db)
    }
}
