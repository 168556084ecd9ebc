//! How a plan is to be carried out, who watches, and what came of it.

use super::course::{Terms, midnight};
use super::failure::Failure;
use super::plan::Plan;
use crate::session::Now;
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
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
    pub fn new() -> Self {
        Self::default()
    }

    /// Another seed.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }

    /// The instant at which the clock stands still.
    pub fn at(mut self, instant: impl Into<Now>) -> Self {
        self.clock = Some(instant.into());
        self
    }

    /// So many times the rows of the plan: 0.1 for a tenth. At least one row of each step.
    pub fn scale(mut self, scale: f64) -> Self {
        self.scale = scale;
        self
    }

    /// One of several parts, counted from 0. All parts together are the same rows as those of one run without parts.
    pub fn shard(mut self, shard: u64, of: u64) -> Self {
        self.shard = (shard, of);
        self
    }

    /// These steps and tasks alone.
    pub fn only<S: Into<String>>(mut self, steps: impl IntoIterator<Item = S>) -> Self {
        self.only = steps.into_iter().map(Into::into).collect();
        self
    }

    /// From this step on.
    pub fn from(mut self, step: impl Into<String>) -> Self {
        self.from = Some(step.into());
        self
    }

    /// So many threads make rows, while another one writes. As many as there are cores, if nothing is said.
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = threads;
        self
    }

    /// So many rows are committed together: 10,000, if nothing is said.
    pub fn chunk(mut self, rows: u64) -> Self {
        self.chunk = rows.max(1);
        self
    }

    /// How long a shard waits for the others to finish the steps before: an hour, if nothing is said.
    pub fn patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// What stops the run after the chunk that is being written.
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

/// Stops a run between two chunks, from anywhere: what was written stays, and the next run goes on from there.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Not yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Now.
    pub fn now(&self) {
        self.0.store(true, Relaxed);
    }

    pub(super) fn is_set(&self) -> bool {
        self.0.load(Relaxed)
    }
}

/// Who is told what happens while a plan is carried out.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot watch a plan",
    label = "nothing that is told how far a plan is",
    note = "pass `&mut ()` where nobody watches, or implement `manufactory::seed::Watch` for `{Self}`"
)]
pub trait Watch: Send {
    /// A step begins: it has so many rows in this run, of which so many are there already.
    fn begin(&mut self, _step: &str, _rows: u64, _there: u64) {}

    /// So many rows of it are there now.
    fn rows(&mut self, _there: u64) {}

    /// It waits for something, such as other shards.
    fn wait(&mut self, _for_what: &str) {}

    /// It is over.
    fn end(&mut self) {}
}

/// Nobody watches.
impl Watch for () {}

/// What came of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// Each step, in order.
    pub steps: Vec<StepSummary>,
    /// Whether the run was stopped before its end. The next one goes on from there.
    pub stopped: bool,
}

/// What came of a step.
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
    pub fn written(&self) -> u64 {
        self.steps.iter().map(|step| step.written).sum()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} rows in {} steps", self.written(), self.steps.len())
    }
}
