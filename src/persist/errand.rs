//! A call as what is around it sees it: something to be done on a connection, whatever its factory and whatever it gives
//! back. So transactions and savepoints are compiled once for a backend, not for each factory and each method.

use super::backend::models;
use super::{Backend, BoxFuture, Call, Create, Finish, Record, Rows, Work};
use crate::error::{Error, Result, Stage};

/// Something to be done on a connection, once.
pub(crate) trait Errand<B: Backend>: Send {
    /// What errors of the transaction around it name.
    fn name(&self) -> &'static str;

    /// Whether there is nothing to write.
    fn is_idle(&self) -> bool {
        false
    }

    /// Whether it is one row that is made by its insert alone.
    fn is_alone(&self) -> bool {
        false
    }

    /// Whether the keys are given, or integers that the database may count.
    fn have_keys(&self) -> bool {
        false
    }

    /// Is told that nothing is around it that takes it back.
    fn bare(&mut self) {}

    /// Does it.
    fn run<'c>(&'c mut self, db: B::Connection<'c>) -> BoxFuture<'c, Result<()>>;

    /// An error of the transaction around it.
    fn failed(&self, stage: Stage, why: crate::error::BoxError) -> Error {
        Error::new(stage, self.name(), why).within(self.name())
    }
}

/// A call of `create`.
pub(super) struct Creating<F: Record, T> {
    rows: Option<Rows<F>>,
    finish: Finish<F, T>,
    made: Option<T>,
}

impl<F: Record, T> Creating<F, T> {
    /// Its rows, before anything was done for them.
    pub(super) fn of(call: Call<F>, finish: Finish<F, T>) -> Result<Self> {
        Ok(Self { rows: Some(call.rows()?), finish, made: None })
    }

    /// What a call without rows comes to, where it is known without a connection.
    #[allow(dead_code, reason = "some databases only")]
    pub(super) fn nothing(&self) -> Option<T> {
        let rows = self.rows.as_ref().filter(|rows| rows.is_empty())?;
        (self.finish)(Vec::new(), rows.scope().ledger())
    }

    /// What it gives back.
    pub(super) fn made(self) -> Result<T> {
        self.made.ok_or_else(missing::<F>)
    }
}

impl<B, F, T> Errand<B> for Creating<F, T>
where
    B: Backend,
    F: Create<B>,
    T: Send,
{
    fn name(&self) -> &'static str {
        F::NAME
    }

    fn is_idle(&self) -> bool {
        self.rows.as_ref().is_none_or(Rows::is_empty)
    }

    fn is_alone(&self) -> bool {
        self.rows.as_ref().is_some_and(Rows::is_alone)
    }

    fn have_keys(&self) -> bool {
        self.rows.as_ref().is_some_and(Rows::have_keys)
    }

    fn bare(&mut self) {
        self.rows = self.rows.take().map(Rows::bare);
    }

    fn run<'c>(&'c mut self, db: B::Connection<'c>) -> BoxFuture<'c, Result<()>> {
        let Self { rows, finish, made } = self;
        Box::pin(async move {
            let Some(rows) = rows.take() else { return Ok(()) };
            let (models, ledger) = models::<F, B>(rows, db).await?;
            *made = finish(models, &ledger);
            Ok(())
        })
    }
}

/// Why there is nothing to give back.
pub(super) fn missing<F: Record>() -> Error {
    Error::new(Stage::Read, F::NAME, "fewer rows came back than were written")
}

/// Work that is undone.
pub(super) struct Rehearsing<W, O> {
    work: Option<W>,
    done: Option<O>,
    name: &'static str,
}

impl<W, O> Rehearsing<W, O> {
    /// This work.
    pub(super) fn of<B: Backend>(work: W) -> Self
    where
        W: Work<B, Output = O>,
    {
        Self { work: Some(work), done: None, name: W::NAME }
    }

    /// What came of it.
    pub(super) fn done(self) -> Result<O> {
        self.done.ok_or_else(|| Error::new(Stage::Begin, self.name, "it was not run"))
    }
}

impl<B: Backend, W: Work<B, Output = O>, O: Send> Errand<B> for Rehearsing<W, O> {
    fn name(&self) -> &'static str {
        W::NAME
    }

    fn run<'c>(&'c mut self, db: B::Connection<'c>) -> BoxFuture<'c, Result<()>> {
        let Self { work, done, .. } = self;
        Box::pin(async move {
            let Some(work) = work.take() else { return Ok(()) };
            *done = Some(work.run(db).await?);
            Ok(())
        })
    }

    fn failed(&self, stage: Stage, why: crate::error::BoxError) -> Error {
        Error::new(stage, W::NAME, why)
    }
}
