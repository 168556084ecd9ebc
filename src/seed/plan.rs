//! The plan: named steps in order. Knows what the user has said, and not yet how many rows that makes.

use super::count::Count;
use super::db::{Db, Task};
use super::keys::keys_of;
use super::row::Row;
use super::step::{Source, StepOf, Steps};
use super::target::Seeds;
use crate::error::BoxError;
use crate::persist::BoxFuture;
use crate::resolve::{Keyed, KeyedBy};
use crate::session::Now;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

/// What is to be seeded: steps, each with a name, a number of rows, and the factory of each row.
///
/// Nothing is written before the plan is carried out: by [`main`](super::main), by [`run`](Plan::run) on a connection, or
/// into files.
///
/// ```
/// use manufactory::Factory;
/// use manufactory::seed::Plan;
///
/// #[derive(Clone, Factory)]
/// #[factory(table = "users")]
/// struct User {
///     #[factory(key)]
///     id: i64,
///     username: String,
/// }
///
/// #[derive(Clone, Factory)]
/// #[factory(table = "posts")]
/// struct Post {
///     #[factory(key)]
///     id: i64,
///     #[factory(sub_factory(UserFactory))]
///     author_id: i64,
/// }
///
/// let mut plan = Plan::new();
/// let users = plan.step("users", 1_000, |_| User::factory());
/// plan.step("posts", 10_000, move |row| Post::factory().author_id(row.key(users.zipf(1.1))));
/// ```
///
/// A relation of which the step says nothing gets a row of an earlier step with the same factory, each as likely as any
/// other.
#[derive(Default)]
pub struct Plan {
    pub(super) steps: Vec<Declared>,
    /// Each with the number of steps that come before it.
    pub(super) tasks: Vec<(usize, String, Task)>,
    pub(super) before: Vec<Task>,
    pub(super) seed: u64,
    pub(super) clock: Option<Now>,
    pub(super) about: Option<String>,
    pub(super) url: Option<String>,
}

/// A step as it was declared.
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) rows: Arc<dyn Steps>,
}

impl Plan {
    /// No steps yet, seed 0.
    ///
    /// ```
    /// use manufactory::seed::{Options, Plan};
    ///
    /// assert!(Plan::new().outline(&Options::new())?.is_empty());
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// What the plan is for: a line in the help text of [`main`](super::main).
    ///
    /// ```
    /// use manufactory::seed::Plan;
    ///
    /// let mut plan = Plan::new();
    /// plan.about("Seeds the blog").database("sqlite:dev.db");
    /// ```
    pub fn about(&mut self, text: impl Into<String>) -> &mut Self {
        self.about = Some(text.into());
        self
    }

    /// The database that [`main`](super::main) seeds where nobody says another one.
    ///
    /// ```
    /// use manufactory::seed::Plan;
    ///
    /// let mut plan = Plan::new();
    /// plan.database("postgres://localhost/blog_dev");
    /// ```
    pub fn database(&mut self, url: impl Into<String>) -> &mut Self {
        self.url = Some(url.into());
        self
    }

    /// The seed, unless the caller says another one.
    ///
    /// ```
    /// use manufactory::seed::Plan;
    ///
    /// let mut plan = Plan::new();
    /// plan.seed(42);
    /// ```
    pub fn seed(&mut self, seed: u64) -> &mut Self {
        self.seed = seed;
        self
    }

    /// The instant at which the clock of the plan stands still. Otherwise it is the midnight (UTC) before the first run,
    /// which the database keeps for later runs.
    ///
    /// ```
    /// use manufactory::seed::Plan;
    /// use std::time::{Duration, SystemTime};
    ///
    /// let mut plan = Plan::new();
    /// plan.at(SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000));
    /// ```
    pub fn at(&mut self, instant: impl Into<Now>) -> &mut Self {
        self.clock = Some(instant.into());
        self
    }

    /// Something to be done before anything is looked at: a schema to be made, migrations to be run. Done on every run, so
    /// it should do nothing the second time.
    ///
    /// ```
    /// use manufactory::seed::Plan;
    ///
    /// let mut plan = Plan::new();
    /// plan.before(|mut db| Box::pin(async move { db.execute("create table if not exists tags (name text)").await }));
    /// ```
    pub fn before(
        &mut self,
        task: impl for<'c> Fn(Db<'c>) -> BoxFuture<'c, Result<(), BoxError>> + Send + Sync + 'static,
    ) -> &mut Self {
        self.before.push(Task::new(task));
        self
    }

    /// Rows of one factory: a number of them, and what makes each. `count` is a number, or one of [`fill_to`], [`per`],
    /// [`pairs`] and [`cross`].
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// use manufactory::seed::{Options, Plan, per};
    ///
    /// let mut plan = Plan::new();
    /// let users = plan.step("users", 10, |row| User::factory().username(format!("user {}", row.index())));
    /// plan.step("posts", per(users, 3), |_| Post::factory()); // three by each of them
    ///
    /// let posts = plan.sample(&Options::new(), "posts", 4)?;
    /// assert_ne!(posts[2].get("author_id"), posts[3].get("author_id"));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    ///
    /// [`fill_to`]: super::fill_to
    /// [`per`]: super::per
    /// [`pairs`]: super::pairs
    /// [`cross`]: super::cross
    pub fn step<F: Seeds>(
        &mut self,
        name: impl Into<String>,
        count: impl Into<Count>,
        factory: impl Fn(&Row<'_>) -> F + Send + Sync + 'static,
    ) -> Step<F> {
        self.push(name, StepOf::new(Source::Made(count.into()), Some(Box::new(factory))))
    }

    /// Rows that the database holds already, for later steps to draw parents from. Their keys are read at the start, and
    /// kept: 8 bytes each for integers.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Clone, Factory)]
    /// # #[factory(table = "countries")]
    /// # struct Country { #[factory(key)] id: i64 }
    /// # #[derive(Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(sub_factory(CountryFactory))] country_id: i64 }
    /// use manufactory::seed::Plan;
    ///
    /// let mut plan = Plan::new();
    /// let countries = plan.existing::<CountryFactory>("countries");
    /// plan.step("users", 100, move |row| User::factory().country_id(row.key(countries.uniform())));
    /// ```
    pub fn existing<F>(&mut self, name: impl Into<String>) -> Step<F>
    where
        F: Seeds + Keyed + KeyedBy<<F as Keyed>::Key>,
        F::Key: Clone + Send + Sync + 'static,
    {
        self.push(name, StepOf::<F>::new(Source::Existing, None).keyed(keys_of::<F>()))
    }

    /// One row that is found by the values of these columns, or made: "the admin".
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, username: String }
    /// use manufactory::seed::Plan;
    ///
    /// let mut plan = Plan::new();
    /// plan.record("admin", &["username"], |_| User::factory().username("admin"));
    /// ```
    pub fn record<F>(
        &mut self,
        name: impl Into<String>,
        by: &'static [&'static str],
        factory: impl Fn(&Row<'_>) -> F + Send + Sync + 'static,
    ) -> Step<F>
    where
        F: Seeds + Keyed + KeyedBy<<F as Keyed>::Key>,
        F::Key: Clone + Send + Sync + 'static,
    {
        self.push(name, StepOf::new(Source::Found(by), Some(Box::new(factory))))
    }

    /// Something that is no factory's: done once, in its turn, in a transaction of its own.
    ///
    /// ```
    /// use manufactory::seed::Plan;
    ///
    /// let mut plan = Plan::new();
    /// plan.task("statistics", |mut db| Box::pin(async move { db.execute("analyze").await }));
    /// ```
    pub fn task(
        &mut self,
        name: impl Into<String>,
        task: impl for<'c> Fn(Db<'c>) -> BoxFuture<'c, Result<(), BoxError>> + Send + Sync + 'static,
    ) -> &mut Self {
        self.tasks.push((self.steps.len(), name.into(), Task::new(task)));
        self
    }

    /// The names of all steps and tasks.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let steps = self.steps.iter().map(|step| step.name.as_str());
        steps.chain(self.tasks.iter().map(|(_, name, _)| name.as_str()))
    }

    fn push<F: Seeds>(&mut self, name: impl Into<String>, step: StepOf<F>) -> Step<F> {
        let index = self.steps.len();
        self.steps.push(Declared { name: name.into(), rows: Arc::new(step) });
        Step { index, factory: PhantomData }
    }
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let steps: Vec<_> = self.steps.iter().map(|step| &step.name).collect();
        f.debug_struct("Plan").field("steps", &steps).field("seed", &self.seed).finish_non_exhaustive()
    }
}

/// A step of a [`Plan`], for later steps to draw their parents from: see [`Row::key`].
///
/// ```
/// # use manufactory::Factory;
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "posts")]
/// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
/// use manufactory::seed::{Options, Plan, Step, per};
///
/// /// Steps that several plans have in common.
/// fn users(plan: &mut Plan) -> Step<UserFactory> {
///     plan.step("users", 10, |_| User::factory())
/// }
///
/// let mut plan = Plan::new();
/// let users = users(&mut plan);
/// plan.step("posts", per(users, 5), |_| Post::factory());
/// assert_eq!(plan.outline(&Options::new())?[1].rows, 50);
/// # Ok::<(), manufactory::seed::Failure>(())
/// ```
pub struct Step<F> {
    index: usize,
    factory: PhantomData<fn() -> F>,
}

impl<F> Step<F> {
    pub(super) fn index(self) -> usize {
        self.index
    }
}

impl<F> Clone for Step<F> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<F> Copy for Step<F> {}

impl<F> fmt::Debug for Step<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Step").field(&self.index).finish()
    }
}
