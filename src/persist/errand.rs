//! A call as what is around it sees it: something to be done on a connection, whatever its factory and whatever it gives
//! back. So transactions and savepoints are compiled once for a backend, not for each factory and each method.

use super::backend::models;
use super::{Backend, BoxFuture, Call, Create, Finish, Ledger, Record, Rows, Work};
use crate::error::{BoxError, Error, Result, Stage};
use std::sync::Arc;

/// Something to be done on a connection, once.
#[allow(dead_code, reason = "what only some databases ask")]
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

    /// Whether it is a call, to which errors of the transaction around it lead.
    fn is_call(&self) -> bool {
        true
    }
}

impl<B: Backend> dyn Errand<B> + '_ {
    /// An error of the transaction around it.
    pub(super) fn failed(&self, stage: Stage, why: BoxError) -> Error {
        let error = Error::new(stage, self.name(), why);
        if self.is_call() { error.within(self.name()) } else { error }
    }

    /// The error of its commit. Where the connection was lost, nobody knows whether it was heard.
    #[allow(dead_code, reason = "databases only")]
    pub(super) fn uncommitted(&self, is_lost: bool, why: BoxError) -> Error {
        let error = self.failed(Stage::Commit, why);
        if is_lost { error.unanswered() } else { error }
    }
}

/// A call of `create`. What it gives back is made of its models when all is over.
pub(super) struct Creating<F: Record> {
    rows: Option<Rows<F>>,
    made: Option<(Vec<F::Model>, Arc<Ledger>)>,
}

impl<F: Record> Creating<F> {
    /// Its rows, before anything was done for them.
    pub(super) fn of(call: Call<F>) -> Result<Self> {
        Ok(Self { rows: Some(call.rows()?), made: None })
    }

    /// What a call without rows comes to, where it is known without a connection.
    #[allow(dead_code, reason = "some databases only")]
    pub(super) fn nothing<T>(&self, finish: Finish<F, T>) -> Option<T> {
        let rows = self.rows.as_ref().filter(|rows| rows.is_empty())?;
        finish(Vec::new(), rows.scope().ledger())
    }

    /// What it gives back.
    pub(super) fn made<T>(self, finish: Finish<F, T>) -> Result<T> {
        self.made.and_then(|(models, ledger)| finish(models, &ledger)).ok_or_else(missing::<F>)
    }
}

impl<B, F> Errand<B> for Creating<F>
where
    B: Backend,
    F: Create<B>,
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
        let Self { rows, made } = self;
        Box::pin(async move {
            if let Some(rows) = rows.take() {
                *made = Some(models::<F, B>(rows, db).await?);
            }
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

    fn is_call(&self) -> bool {
        false
    }
}
