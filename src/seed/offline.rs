//! What can be done with a plan without a database: an outline, samples, files.

use super::course::{Course, Facts};
use super::failure::Failure;
use super::files::{Dialect, Format, file_name};
use super::line::panicked;
use super::options::Options;
use super::plan::Plan;
use super::step::index_of;
use super::summary::{StepSummary, Summary};
use super::watch::Watch;
use crate::error::Error;
use crate::persist::Values;
use std::ops::Range;
use std::path::Path;
use std::thread;
use std::time::Instant;

/// What a step is going to make.
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
/// for step in plan.outline(&Options::new())? {
///     assert_eq!((step.model, step.table, step.rows), ("User", Some("users"), 1_000));
/// }
/// # Ok::<(), manufactory::seed::Failure>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Outline {
    /// Its name.
    pub name: String,
    /// The name of its model.
    pub model: &'static str,
    /// The table, as it was declared.
    pub table: Option<&'static str>,
    /// How many rows it has, in a database that is empty.
    pub rows: u64,
}

/// So many rows say which columns a step fills.
const SHAPE: u64 = 1_000;

impl Plan {
    /// What each step is going to make, in a database that is empty.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # use manufactory::seed::{Options, Plan};
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "posts")]
    /// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
    /// # let mut plan = Plan::new();
    /// use manufactory::seed::per;
    ///
    /// let users = plan.step("users", 100, |_| User::factory());
    /// plan.step("posts", per(users, 5), |_| Post::factory());
    ///
    /// let tenth = plan.outline(&Options::new().scale(0.1))?;
    /// assert_eq!((tenth[0].rows, tenth[1].rows), (10, 50));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    ///
    /// # Errors
    /// The plan makes no sense: all of its mistakes at once.
    pub fn outline(&self, options: &Options) -> Result<Vec<Outline>, Failure> {
        Ok(self.offline(options)?.outline())
    }

    /// The first rows of a step, as they are made for a database that is empty.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(sequence(|n| format!("user{n}")))] username: String }
    /// use manufactory::seed::{Options, Plan};
    ///
    /// let mut plan = Plan::new();
    /// plan.step("users", 100, |_| User::factory());
    /// let rows = plan.sample(&Options::new(), "users", 2)?;
    /// assert_eq!(rows[1].get("username"), Some(&"user1".into()));
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// ```
    ///
    /// # Errors
    /// There is no such step, or a row cannot be made.
    pub fn sample(&self, options: &Options, step: &str, rows: u64) -> Result<Vec<Values>, Failure> {
        let course = self.offline(&options.clone().only([step]))?;
        let Some(place) = course.steps.iter().position(|laid| laid.name == step) else { return Ok(Vec::new()) };
        course.sample(place, rows)
    }

    /// Writes the plan's rows into files of a folder, one for each step, for engines that load on their own. A file has its
    /// name only once it is whole.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Debug, Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64, #[factory(value("alice"))] username: String }
    /// use manufactory::seed::{Dialect, Format, Options, Plan};
    ///
    /// let mut plan = Plan::new();
    /// plan.step("users", 2, |_| User::factory());
    ///
    /// let folder = std::env::temp_dir().join(format!("manufactory-{}", std::process::id()));
    /// plan.write(&Options::new(), &folder, (Format::Csv, Dialect::default()), &mut ())?;
    /// let file = std::fs::read_to_string(folder.join("users.csv"))?;
    /// assert_eq!(file, "id,username\n1,alice\n2,alice\n");
    /// # std::fs::remove_dir_all(folder)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The plan makes no sense, a row cannot be made, or a file cannot be written.
    pub fn write(
        &self,
        options: &Options,
        folder: &Path,
        (format, dialect): (Format, Dialect),
        watch: &mut dyn Watch,
    ) -> Result<Summary, Failure> {
        let course = self.offline(options)?;
        if options.shard.1 > 1 && options.clock.or(self.clock).is_none() {
            let why = "the parts of one plan have to agree on the time: say which it is (`--now`, or `plan.at(..)`)";
            return Err(Failure::Plan(why.into()));
        }
        let file = |why: std::io::Error| Failure::File(format!("{}: {why}", folder.display()).into());
        std::fs::create_dir_all(folder).map_err(file)?;
        let mut summary = Summary::default();
        for (step, laid) in course.steps.iter().enumerate() {
            if !laid.is_made() || !options.wants(self, step) {
                continue;
            }
            let (since, range) = (Instant::now(), laid.part(options.shard.0, options.shard.1));
            let total = range.end - range.start;
            let shape =
                laid.rows.shape(&course, step, 0..laid.total.min(SHAPE)).map_err(|error| failed(&laid.name, error))?;
            let shard = (shard(options.shard.0), shard(options.shard.1));
            let path = folder.join(file_name(&laid.name, shard, format));
            watch.begin(&laid.name, total, 0);
            let not_written = |why: crate::BoxError| Failure::File(format!("{}: {why}", path.display()).into());
            let mut writer = format.open(&path, &shape, dialect).map_err(not_written)?;
            let mut first = range.start;
            while first < range.end {
                if options.stop.is_set() {
                    summary.stopped = true;
                    return Ok(summary);
                }
                let until = range.end.min(first + options.chunk.saturating_mul(options.threads.max(1) as u64));
                for values in at_once(&course, step, first..until, options.chunk) {
                    writer.write(&values.map_err(|error| failed(&laid.name, error))?).map_err(not_written)?;
                }
                first = until;
                watch.rows(first - range.start);
            }
            writer.finish().map_err(not_written)?;
            watch.end();
            let (name, took) = (laid.name.clone(), since.elapsed());
            summary.steps.push(StepSummary { name, written: total, total, took, there: 0, way: "file" });
        }
        Ok(summary)
    }

    /// Whether the plan makes sense, and some rows of each step can be made.
    pub(super) fn try_out(&self, options: &Options) -> Result<(), Failure> {
        let course = self.offline(options)?;
        for (step, laid) in course.steps.iter().enumerate() {
            course.print(step).map_err(|error| failed(&laid.name, error))?;
        }
        Ok(())
    }

    /// The plan laid out for a database that is empty.
    pub(super) fn offline(&self, options: &Options) -> Result<Course, Failure> {
        options.check(self)?;
        let terms = self.terms(options, None);
        Ok(Course::lay(self, terms, &Facts::default())?)
    }
}

impl Course {
    /// Each step, with how many rows it has.
    pub(super) fn outline(&self) -> Vec<Outline> {
        let steps = self.steps.iter().map(|laid| Outline {
            name: laid.name.clone(),
            model: laid.rows.name(),
            table: laid.rows.table(),
            rows: laid.total,
        });
        steps.collect()
    }

    /// The first rows of a step.
    pub(super) fn sample(&self, step: usize, rows: u64) -> Result<Vec<Values>, Failure> {
        let laid = &self.steps[step];
        let made = laid.rows.values(self, step, 0..rows.min(laid.total));
        made.map_err(|error| failed(&laid.name, error))
    }
}

/// The rows of a range in chunks, each made by a thread of its own.
fn at_once(course: &Course, step: usize, range: Range<u64>, chunk: u64) -> Vec<Result<Vec<Values>, Error>> {
    let rows = &course.steps[step].rows;
    let starts = range.clone().step_by(index_of(chunk));
    thread::scope(|scope| {
        let made = |first: u64| rows.values(course, step, first..range.end.min(first + chunk));
        let threads: Vec<_> = starts.map(|first| scope.spawn(move || made(first))).collect();
        let joined = threads.into_iter().map(thread::ScopedJoinHandle::join);
        joined.map(|values| values.unwrap_or_else(|panic| Err(panicked(rows.name(), &panic)))).collect()
    })
}

fn shard(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn failed(step: &str, error: Error) -> Failure {
    Failure::Row { step: step.to_owned(), error }
}
