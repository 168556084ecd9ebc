//! A plan carried out in a database: laid out once, then step by step and chunk by chunk, each committed with its entry in
//! the books.

use super::books::{Books, Entry};
use super::check;
use super::course::Course;
use super::db::Db;
use super::failure::Failure;
use super::lay::lay_out;
use super::line::Line;
use super::options::Options;
use super::plan::Plan;
use super::sql::{Begun, Sql};
use super::step::{Source, shifted, writer_of};
use super::summary::{StepSummary, Summary};
use super::watch::Watch;
use crate::error::{BoxError, Error, Stage};
use crate::persist::{Chunk, Known, Opens};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A plan on its way into a database.
pub(super) struct Run<'r, B: Opens> {
    plan: &'r Plan,
    db: &'r mut B::Owned,
    options: &'r Options,
    watch: &'r mut dyn Watch,
    course: Arc<Course>,
    done: HashMap<String, u64>,
}

type Done<T> = Result<T, Failure>;

/// Carries a plan out.
pub(super) async fn run<B: Opens>(
    plan: &Plan,
    db: &mut B::Owned,
    options: &Options,
    watch: &mut dyn Watch,
) -> Done<Summary> {
    options.check(plan)?;
    before::<B>(plan, db).await?;
    let faults = check::faults(plan, &mut Sql::<B>(db)).await;
    if !faults.is_empty() {
        return Err(Failure::Schema(super::course::Faults(faults).into()));
    }
    Books::open(&mut Sql::<B>(db)).await.map_err(Failure::Database)?;
    let course = Arc::new(lay_out::<B>(plan, db, options).await?);
    let books = Books::read(&mut Sql::<B>(db)).await.map_err(Failure::Database)?;
    let shard = options.shard.0;
    let done = books.steps.iter().map(|(name, entry)| (name.clone(), entry.done.get(&shard).copied().unwrap_or(0)));
    let mut run = Run::<B> { plan, db, options, watch, course, done: done.collect() };
    run.all().await
}

/// What is done before anything is looked at, by one run at a time: two that make the same table are in each other's way.
pub(super) async fn before<B: Opens>(plan: &Plan, db: &mut B::Owned) -> Done<()> {
    let locks = match B::KIND {
        _ if plan.before.is_empty() => return Ok(()),
        "postgres" => Some(["select 1 from pg_advisory_lock(6305431)", "select 1 from pg_advisory_unlock(6305431)"]),
        "mysql" => Some(["select get_lock('manufactory_seed', 3600)", "select release_lock('manufactory_seed')"]),
        // Its file is locked anyway.
        _ => None,
    };
    if let Some([lock, _]) = locks {
        Sql::<B>(db).say(lock).await.map_err(Failure::Database)?;
    }
    let mut done = Ok(());
    for task in &plan.before {
        done = task.run(Db::of::<B>(db)).await;
        if done.is_err() {
            break;
        }
    }
    if let Some([_, unlock]) = locks {
        let unlocked = Sql::<B>(db).say(unlock).await;
        done = done.and(unlocked);
    }
    done.map_err(Failure::Database)
}

impl<B: Opens> Run<'_, B> {
    async fn all(&mut self) -> Done<Summary> {
        let mut summary = Summary::default();
        for step in 0..=self.plan.steps.len() {
            if self.options.shard.0 == 0 && self.plan.tasks.iter().any(|(before, ..)| *before == step) {
                self.wait(step, step).await?;
            }
            if self.options.stop.is_set() {
                // Whoever waited may have been stopped: what comes next is not its turn yet.
                summary.stopped = true;
                return Ok(summary);
            }
            self.tasks(step).await?;
            if step == self.plan.steps.len() || !self.options.wants(self.plan, step) {
                continue;
            }
            if !self.course.steps[step].is_made() {
                continue;
            }
            self.wait(step, step + 1).await?;
            let (done, stopped) = self.step(step).await?;
            summary.steps.push(done);
            if stopped {
                summary.stopped = true;
                return Ok(summary);
            }
        }
        Ok(summary)
    }

    /// The tasks before a step.
    async fn tasks(&mut self, step: usize) -> Done<()> {
        let plan = self.plan;
        for (_, name, task) in plan.tasks.iter().filter(|(before, ..)| *before == step) {
            let key = format!("task {name}");
            if self.done.get(&key).is_some_and(|done| *done > 0) || !self.options.wants_task(plan, step, name) {
                continue;
            }
            if self.options.shard.0 != 0 {
                continue;
            }
            self.watch.begin(name, 1, 0);
            let mut begun = Begun::<B>::of(self.db).await.map_err(Failure::Database)?;
            let ran = task.run(Db::of::<B>(begun.db())).await;
            let entered = match ran {
                Ok(()) => self.course.enter_task::<B>(&mut begun.sql(), &key).await,
                Err(why) => Err(why),
            };
            if let Err(why) = entered {
                begun.roll_back().await;
                return Err(Failure::Database(format!("task `{name}` has failed: {why}").into()));
            }
            begun.commit().await.map_err(Failure::Database)?;
            self.watch.rows(1);
            self.watch.end();
        }
        Ok(())
    }

    /// Waits until the other shards have written the steps before, and the first one has done the tasks before these.
    async fn wait(&mut self, step: usize, tasks: usize) -> Done<()> {
        if self.options.shard.1 < 2 {
            return Ok(());
        }
        let since = Instant::now();
        loop {
            let books = Books::read(&mut Sql::<B>(self.db)).await.map_err(Failure::Database)?;
            let earlier = self.course.steps[..step].iter().enumerate().filter(|(i, laid)| {
                laid.is_made()
                    && self.options.wants(self.plan, *i)
                    && !books.steps.get(&laid.name).is_some_and(Entry::is_done)
            });
            let (plan, options) = (self.plan, self.options);
            let done = |name: &str| books.steps.get(&format!("task {name}")).is_some_and(Entry::is_done);
            let earlier_tasks = plan
                .tasks
                .iter()
                .filter(|(before, name, _)| *before < tasks && options.wants_task(plan, *before, name) && !done(name));
            let open =
                earlier.map(|(_, laid)| laid.name.as_str()).chain(earlier_tasks.map(|(_, name, _)| name.as_str()));
            let Some(open) = open.into_iter().next() else { return Ok(()) };
            if self.options.stop.is_set() {
                return Ok(());
            }
            if since.elapsed() > self.options.patience {
                let why = format!("other shards have not finished `{open}`; run them, then run this one again");
                return Err(Failure::Refused(why.into()));
            }
            self.watch.wait(&format!("the other shards to finish `{open}`"));
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }

    /// One step; whether it was stopped.
    async fn step(&mut self, step: usize) -> Done<(StepSummary, bool)> {
        let course = Arc::clone(&self.course);
        let laid = &course.steps[step];
        let (shard, shards) = self.options.shard;
        let part = match laid.rows.source() {
            // Others find it, or know its key all the same.
            Source::Found(_) => 0..u64::from(shard == 0),
            _ => laid.part(shard, shards),
        };
        let there = self.done.get(&laid.name).copied().unwrap_or(0).min(part.end - part.start);
        let mut summary =
            StepSummary { name: laid.name.clone(), there, total: part.end - part.start, ..StepSummary::default() };
        let since = Instant::now();
        self.watch.begin(&laid.name, summary.total, there);
        let stopped = match laid.rows.source() {
            Source::Found(by) => self.record(step, by, &mut summary).await.map(|()| false)?,
            _ => self.rows(step, part.start + there..part.end, &mut summary).await?,
        };
        self.watch.end();
        summary.took = since.elapsed();
        Ok((summary, stopped))
    }

    async fn rows(&mut self, step: usize, rows: std::ops::Range<u64>, summary: &mut StepSummary) -> Done<bool> {
        let course = Arc::clone(&self.course);
        let laid = &course.steps[step];
        if rows.is_empty() {
            return Ok(false);
        }
        let failed = |error: Error| Failure::Row { step: laid.name.clone(), error };
        let Some(writer) = writer_of::<B>(&*laid.rows) else { return Ok(false) };
        let sample = laid.rows.chunk(&course, step, rows.start..rows.start + 1).map_err(failed)?;
        let known = writer.look(sample, B::lend(self.db)).await.map_err(failed)?;
        summary.way = if known.is_some() { "copy" } else { "insert" };
        let size = (self.options.chunk, self.options.threads);
        let prepare = {
            let (rows, known) = (Arc::clone(&laid.rows), known.clone());
            move |chunk| match writer_of::<B>(&*rows) {
                Some(writer) => writer.prepare(chunk, known.as_ref()),
                None => Ok(chunk),
            }
        };
        let mut line = Line::new(&course, step, &rows, size, prepare);
        while let Some(piece) = line.next().await {
            if self.options.stop.is_set() {
                return Ok(true);
            }
            let piece = piece.map_err(failed)?;
            let written = piece.rows.end - piece.rows.start;
            let done = summary.there + summary.written + written;
            self.write(step, piece.chunk, known.as_ref(), done).await.map_err(|failure| match failure {
                Failure::Row { error, .. } => {
                    failed(described(&course, step, shifted(error, piece.rows.start, laid.total)))
                }
                other => other,
            })?;
            summary.written += written;
            self.watch.rows(done);
        }
        if summary.there + summary.written < summary.total {
            let why = "fewer rows were made than the step has";
            return Err(failed(Error::new(Stage::Resolve, laid.rows.name(), why)));
        }
        Ok(false)
    }

    /// One chunk and its entry, or neither.
    async fn write(&mut self, step: usize, chunk: Chunk, known: Option<&Known>, done: u64) -> Done<()> {
        let laid = &self.course.steps[step];
        let Some(writer) = writer_of::<B>(&*laid.rows) else { return Ok(()) };
        let mut begun = Begun::<B>::of(self.db).await.map_err(Failure::Database)?;
        let written = writer.write(chunk, known, B::lend(begun.db())).await;
        let (name, shard) = (&laid.name, self.options.shard.0);
        let entered: Done<()> = match written {
            Err(error) => Err(Failure::Row { step: name.clone(), error }),
            Ok(()) => Books::mark(&mut begun.sql(), name, shard, done).await.map_err(Failure::Database),
        };
        match entered {
            Ok(()) => begun.commit().await.map_err(Failure::Database),
            Err(failure) => match (failure, begun.roll_back().await) {
                // Not the row is to blame, whatever it says.
                (Failure::Row { error, .. }, false) => Err(Failure::Database(format!("{error:?}").into())),
                (other, _) => Err(other),
            },
        }
    }

    /// A row that is found or made.
    async fn record(&mut self, step: usize, by: &'static [&'static str], summary: &mut StepSummary) -> Done<()> {
        let course = Arc::clone(&self.course);
        let laid = &course.steps[step];
        let failed = |error: Error| Failure::Row { step: laid.name.clone(), error };
        let Some(writer) = writer_of::<B>(&*laid.rows) else { return Ok(()) };
        let chunk = laid.rows.chunk(&course, step, 0..1).map_err(failed)?;
        let found = writer.find(chunk, by, B::lend(self.db)).await.map_err(failed)?;
        if let Some(model) = found.into_iter().flatten().next() {
            let _ = laid.found.set(Mutex::new(model));
            summary.there = summary.total;
            self.watch.rows(summary.total);
            return Books::mark(&mut Sql::<B>(self.db), &laid.name, 0, 1).await.map_err(Failure::Database);
        }
        if self.options.shard.0 != 0 {
            return Ok(());
        }
        let chunk = laid.rows.chunk(&course, step, 0..1).map_err(failed)?;
        self.write(step, chunk, None, 1).await?;
        (summary.written, summary.way) = (1, "insert");
        self.watch.rows(1);
        Ok(())
    }
}

/// An error with the values of its row, where they were not at hand.
fn described(course: &Course, step: usize, error: Error) -> Error {
    let row = error.row().filter(|_| !error.has_values()).and_then(|(row, _)| u64::try_from(row).ok());
    let values = row.and_then(|row| course.steps[step].rows.values(course, step, row..row + 1).ok()?.pop());
    match values {
        Some(values) => error.values(values.describe()),
        None => error,
    }
}

impl Course {
    async fn enter_task<B: Opens>(&self, sql: &mut Sql<'_, B>, name: &str) -> Result<(), BoxError> {
        let extent = super::course::Extent { first_row: 0, first_key: None, total: 1 };
        let (seed, clock, print) = (self.seed, self.clock.nanos(), String::new());
        Books::enter(sql, name, &Entry { extent, seed, print, clock, shards: 1, done: HashMap::new() }).await?;
        Books::mark(sql, name, 0, 1).await
    }
}
