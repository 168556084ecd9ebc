//! How a plan is to be carried out. Carries nothing out.

use super::course::{Terms, midnight};
use super::failure::Failure;
use super::plan::Plan;
use super::watch::Stop;
use crate::session::Now;
use std::time::{Duration, SystemTime};

/// How a plan is to be carried out.
///
/// ```
/// use manufactory::seed::Options;
///
/// let options = Options::new().seed(42).scale(0.1).only(["users", "posts"]);
/// # let _ = options;
/// ```
#[derive(Debug, Clone)]
pub struct Options {
    pub(super) seed: Option<u64>,
    pub(super) clock: Option<Now>,
    pub(super) scale: f64,
    pub(super) shard: (u64, u64),
    pub(super) only: Vec<String>,
    pub(super) from: Option<String>,
    pub(super) threads: usize,
    pub(super) chunk: u64,
    pub(super) patience: Duration,
    pub(super) stop: Stop,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            seed: None,
            clock: None,
            scale: 1.0,
            shard: (0, 1),
            only: Vec::new(),
            from: None,
            threads: std::thread::available_parallelism().map_or(1, std::num::NonZero::get),
            chunk: 10_000,
            patience: Duration::from_secs(3_600),
            stop: Stop::default(),
        }
    }
}

impl Options {
    /// All of the plan, as the plan says.
    ///
    /// ```
    /// use manufactory::seed::Options;
    ///
    /// let everything = Options::new();
    /// # let _ = everything;
    /// ```
    pub fn new() -> Self {
        Self::default()
    }

    /// Another seed.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(choice(["ann", "bob", "eve"]))] name: String }
    /// use manufactory::seed::{Options, Plan};
    ///
    /// let mut plan = Plan::new();
    /// plan.step("users", 100, |_| User::factory());
    /// let users = |seed| plan.sample(&Options::new().seed(seed), "users", 100);
    /// assert_eq!(users(1)?, users(1)?);
    /// assert_ne!(users(1)?, users(2)?);
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// The instant at which the clock stands still.
    ///
    /// ```
    /// use manufactory::seed::Options;
    /// use std::time::SystemTime;
    ///
    /// let options = Options::new().at(SystemTime::UNIX_EPOCH); // or an instant of chrono, time, jiff
    /// # let _ = options;
    /// ```
    pub fn at(mut self, instant: impl Into<Now>) -> Self {
        self.clock = Some(instant.into());
        self
    }

    /// So many times the rows of the plan: 0.1 for a tenth. At least one row of each step.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// use manufactory::seed::{Options, Plan};
    ///
    /// let mut plan = Plan::new();
    /// plan.step("users", 1_000, |_| User::factory());
    /// assert_eq!(plan.outline(&Options::new().scale(0.1))?[0].rows, 100);
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    pub fn scale(mut self, scale: f64) -> Self {
        self.scale = scale;
        self
    }

    /// One of several parts, counted from 0. All parts together are the same rows as those of one run without parts.
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
    /// plan.step("users", 1_000, |_| User::factory());
    /// let mut db = Memory::new();
    /// for shard in 0..4 {
    ///     plan.run_in(&mut db, &Options::new().shard(shard, 4), &mut ()).await?; // each on a machine of its own
    /// }
    /// assert_eq!(db.count("users"), 1_000);
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// # }).unwrap();
    /// ```
    pub fn shard(mut self, shard: u64, of: u64) -> Self {
        self.shard = (shard, of);
        self
    }

    /// These steps and tasks alone.
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
    /// let mut db = Memory::new();
    /// plan.run_in(&mut db, &Options::new().only(["users"]), &mut ()).await?;
    /// assert_eq!((db.count("users"), db.count("posts")), (10, 0));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// # }).unwrap();
    /// ```
    pub fn only<S: Into<String>>(mut self, steps: impl IntoIterator<Item = S>) -> Self {
        self.only = steps.into_iter().map(Into::into).collect();
        self
    }

    /// From this step on.
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
    /// let mut db = Memory::new();
    /// plan.run_in(&mut db, &Options::new().from("posts"), &mut ()).await?;
    /// assert_eq!((db.count("users"), db.count("posts")), (0, 100));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// # }).unwrap();
    /// ```
    pub fn from(mut self, step: impl Into<String>) -> Self {
        self.from = Some(step.into());
        self
    }

    /// So many threads make rows, while another one writes. As many as there are cores, if nothing is said.
    ///
    /// ```
    /// use manufactory::seed::Options;
    ///
    /// let in_the_background = Options::new().threads(1);
    /// # let _ = in_the_background;
    /// ```
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// So many rows are committed together: 10,000, if nothing is said.
    ///
    /// ```
    /// use manufactory::seed::Options;
    ///
    /// let in_short_transactions = Options::new().chunk(500);
    /// # let _ = in_short_transactions;
    /// ```
    pub fn chunk(mut self, rows: u64) -> Self {
        self.chunk = rows.max(1);
        self
    }

    /// How long a shard waits for the others to finish the steps before: an hour, if nothing is said.
    ///
    /// ```
    /// use manufactory::seed::Options;
    /// use std::time::Duration;
    ///
    /// let second_of_four = Options::new().shard(1, 4).patience(Duration::from_secs(600));
    /// # let _ = second_of_four;
    /// ```
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// What stops the run after the chunk that is being written.
    ///
    /// ```
    /// use manufactory::seed::{Options, Stop};
    ///
    /// let stop = Stop::new();
    /// let options = Options::new().stop(&stop);
    /// // Elsewhere, such as where a signal is handled:
    /// stop.now();
    /// # let _ = options;
    /// ```
    pub fn stop(mut self, stop: &Stop) -> Self {
        self.stop = stop.clone();
        self
    }
}

impl Options {
    /// Whether what was said makes sense for this plan.
    pub(super) fn check(&self, plan: &Plan) -> Result<(), Failure> {
        let refuse = |why: String| Err(Failure::Plan(why.into()));
        let (shard, shards) = self.shard;
        if shard >= shards {
            return refuse(format!("there is no shard {shard} of {shards}: they are counted from 0"));
        }
        if !(self.scale.is_finite() && self.scale > 0.0) {
            return refuse(format!("a scale of {} makes no sense: give a number above 0", self.scale));
        }
        let names: Vec<_> = plan.names().collect();
        for name in self.only.iter().chain(&self.from) {
            if !names.contains(&name.as_str()) {
                return refuse(format!("there is no step `{name}`; there are {}", names.join(", ")));
            }
        }
        Ok(())
    }

    /// The step that the run begins with, where one was named, or the task before it.
    fn start(&self, plan: &Plan) -> Option<usize> {
        let from = self.from.as_ref()?;
        let step = plan.steps.iter().position(|step| step.name == *from);
        step.or_else(|| plan.tasks.iter().find(|(_, name, _)| name == from).map(|(before, ..)| *before))
    }

    /// Whether a step is to be carried out.
    pub(super) fn wants(&self, plan: &Plan, step: usize) -> bool {
        let name = &plan.steps[step].name;
        let from = self.start(plan);
        (self.only.is_empty() || self.only.contains(name)) && from.is_none_or(|from| step >= from)
    }

    /// Whether a task is, that comes before this step.
    pub(super) fn wants_task(&self, plan: &Plan, step: usize, name: &str) -> bool {
        let from = self.start(plan);
        (self.only.is_empty() || self.only.iter().any(|only| only == name))
            && from.is_none_or(|from| step > from || self.from.as_deref() == Some(name))
    }
}

impl Plan {
    /// The seed, the clock and the scale of a run; an earlier one may have `kept` its clock.
    pub(super) fn terms(&self, options: &Options, kept: Option<Now>) -> Terms {
        let clock = options.clock.or(self.clock).or(kept).unwrap_or_else(|| midnight(SystemTime::now()));
        Terms { seed: options.seed.unwrap_or(self.seed), clock, scale: options.scale }
    }
}
