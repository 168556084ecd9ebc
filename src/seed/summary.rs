//! What came of a run, step by step.

use std::fmt;
use std::time::Duration;

/// What came of a run.
///
/// ```
/// # use manufactory::{Factory, Memory};
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// use manufactory::seed::{Options, Plan};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut plan = Plan::new();
/// plan.step("users", 100, |_| User::factory());
/// let summary = plan.run_in(&mut Memory::new(), &Options::new(), &mut ()).await?;
/// assert_eq!(summary.to_string(), "100 rows in 1 steps");
/// assert!(!summary.stopped);
/// # Ok::<(), manufactory::seed::Failure>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Each step, in order.
    pub steps: Vec<StepSummary>,
    /// Whether the run was stopped before its end. The next one goes on from there.
    pub stopped: bool,
}

/// What came of a step.
///
/// ```
/// # use manufactory::{Factory, Memory};
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// use manufactory::seed::{Options, Plan};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let mut plan = Plan::new();
/// plan.step("users", 100, |_| User::factory());
/// let summary = plan.run_in(&mut Memory::new(), &Options::new(), &mut ()).await?;
/// for step in &summary.steps {
///     assert_eq!((step.name.as_str(), step.written, step.there, step.total), ("users", 100, 0, 100));
/// }
/// # Ok::<(), manufactory::seed::Failure>(())
/// # }).unwrap();
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct StepSummary {
    /// Its name.
    pub name: String,
    /// How many rows this run has written.
    pub written: u64,
    /// How many were there before.
    pub there: u64,
    /// How many it has, as far as this run is concerned.
    pub total: u64,
    /// How long it took.
    pub took: Duration,
    /// By which way: `"copy"`, `"insert"`, or nothing where there was nothing to do.
    pub way: &'static str,
}

impl Summary {
    /// How many rows the run has written.
    ///
    /// ```
    /// # use manufactory::{Factory, Memory};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// use manufactory::seed::{Options, Plan};
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut plan = Plan::new();
    /// plan.step("users", 10, |_| User::factory());
    /// plan.step("posts", 100, |_| Post::factory());
    /// let summary = plan.run_in(&mut Memory::new(), &Options::new(), &mut ()).await?;
    /// assert_eq!(summary.written(), 110);
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// # }).unwrap();
    /// ```
    pub fn written(&self) -> u64 {
        self.steps.iter().map(|step| step.written).sum()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows in {} steps", self.written(), self.steps.len())
    }
}
