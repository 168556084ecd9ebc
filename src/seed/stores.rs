//! A plan carried out in a store of the user's own: in one go, since a store keeps no books.

use super::course::{Course, Facts};
use super::failure::Failure;
use super::line::Line;
use super::options::Options;
use super::plan::Plan;
use super::step::{Source, shifted};
use super::summary::{StepSummary, Summary};
use super::watch::Watch;
use crate::Store;
use crate::persist::{Begun, Chunk};
use std::sync::Arc;
use std::time::Instant;

impl Plan {
    /// Carries the plan out in a store of your own, chunk by chunk, each between its [`begin`] and [`commit`].
    ///
    /// A store keeps no books: what was written stays where the run fails, and the next run begins anew.
    ///
    /// ```
    /// # use manufactory::Factory;
    /// # #[derive(Clone, Factory)]
    /// # #[factory(table = "users")]
    /// # struct User { #[factory(key)] id: i64 }
    /// use manufactory::Memory;
    /// use manufactory::seed::{Options, Plan};
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let mut plan = Plan::new();
    /// plan.step("users", 100, |_| User::factory());
    /// let mut store = Memory::new();
    /// plan.run_in(&mut store, &Options::new(), &mut ()).await?;
    /// assert_eq!(store.count("users"), 100);
    /// # Ok::<(), manufactory::seed::Failure>(())
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    /// See [`Failure`]; also where the plan needs a database: tasks, and rows that are there already.
    ///
    /// [`begin`]: Store::begin
    /// [`commit`]: Store::commit
    pub async fn run_in(
        &self,
        store: &mut dyn Store,
        options: &Options,
        watch: &mut dyn Watch,
    ) -> Result<Summary, Failure> {
        let course = Arc::new(self.in_store(options)?);
        let mut summary = Summary::default();
        for (step, laid) in course.steps.iter().enumerate().filter(|(step, _)| options.wants(self, *step)) {
            let (since, range) = (Instant::now(), laid.part(options.shard.0, options.shard.1));
            let total = range.end - range.start;
            watch.begin(&laid.name, total, 0);
            let mut line = Line::new(&course, step, &range, (options.chunk, options.threads), Ok);
            let mut written = 0;
            while let Some(piece) = line.next().await {
                let failed = |error| Failure::Row { step: laid.name.clone(), error };
                let piece = piece.map_err(failed)?;
                let stored = stored(&course, step, piece.chunk, store).await;
                stored.map_err(|failure| failure.or(|error| failed(shifted(error, piece.rows.start, laid.total))))?;
                written += piece.rows.end - piece.rows.start;
                watch.rows(written);
                summary.stopped = options.stop.is_set();
                if summary.stopped {
                    break;
                }
            }
            watch.end();
            let (name, took) = (laid.name.clone(), since.elapsed());
            summary.steps.push(StepSummary { name, written, total, took, there: 0, way: "store" });
            if summary.stopped {
                break;
            }
        }
        Ok(summary)
    }

    fn in_store(&self, options: &Options) -> Result<Course, Failure> {
        options.check(self)?;
        if let Some((_, name, _)) = self.tasks.first() {
            return Err(Failure::Plan(format!("task `{name}` needs a database, and this is a store").into()));
        }
        if let Some(step) = self.steps.iter().find(|step| matches!(step.rows.source(), Source::Existing)) {
            let why = format!("step `{}` reads rows that are there already, and a store does not tell", step.name);
            return Err(Failure::Plan(why.into()));
        }
        Ok(Course::lay(self, self.terms(options, None), &Facts::default())?)
    }
}

/// What a store has failed with.
enum Unstored {
    Row(crate::Error),
    Store(crate::BoxError),
}

impl Unstored {
    fn or(self, row: impl FnOnce(crate::Error) -> Failure) -> Failure {
        match self {
            Self::Row(error) => row(error),
            Self::Store(why) => Failure::Database(why),
        }
    }
}

/// One chunk, all of it or nothing.
async fn stored(course: &Course, step: usize, chunk: Chunk, store: &mut dyn Store) -> Result<(), Unstored> {
    store.begin().await.map_err(Unstored::Store)?;
    let mut begun = Begun::of(store);
    let stored = match course.steps[step].rows.store(chunk, begun.store()).await {
        Ok(()) => begun.store().commit().await.map_err(Unstored::Store),
        Err(error) => {
            let _ = begun.store().rollback().await;
            Err(Unstored::Row(error))
        }
    };
    begun.over();
    stored
}
