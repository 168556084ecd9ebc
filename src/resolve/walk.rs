//! The way of a batch: all rows walk the stages together, so that the number of statements depends on the number of
//! relations, never on the number of rows. Written once, for every factory and every backend.

use super::{Context, Draft};
use crate::error::{Error, Result, Stage};
use crate::persist::{Backend, BoxFuture, Complete, Made, Make, Making, Persist, Rows, Scope, Want, short};
use crate::profile::Cost;
use crate::trace;
use std::any::type_name;
use std::sync::Arc;

/// Makes rows on a backend, their parents first.
///
/// # Errors
/// Whatever the backend refuses, with the path that leads there. Undoing what was written before is the caller's part.
pub fn walk<'c, F, B>(mut rows: Rows<F>, mut db: B::Connection<'c>, want: Want) -> BoxFuture<'c, Result<Vec<Made<F>>>>
where
    F: Draft + Persist<B> + 'c,
    B: Backend,
{
    let (names, len) = ((F::NAME, rows.scope().relation()), rows.len());
    Box::pin(trace::batch(names, len, want, async move {
        begin(&mut rows)?;
        let mut sought = None;
        for stage in 0..=F::STAGES {
            fill(&mut rows, stage);
            // Of a constant rustc sees that it is false, and compiles nothing of it for most factories.
            if const { F::LOOKUP.is_some() } && F::LOOKUP == Some(stage) && want != Want::Values {
                let scope = rows.scope().clone();
                let (known, rest) = charged::<F, _>(&scope, 0, F::seek(rows, B::reborrow(&mut db))).await?;
                (sought, rows) = (Some(known), rest);
            }
            if const { F::STAGES > 0 } {
                F::parents(stage, &mut rows, B::reborrow(&mut db)).await?;
            }
        }
        for (draft, session, turn) in rows.turns() {
            draft.prepare(&Context::new(session, turn));
        }
        if const { F::TABLE.is_none() } && want == Want::Values {
            return Ok(complete(rows));
        }
        let (scope, len) = (rows.scope().clone(), rows.len());
        scope.ledger().count(scope.place(), F::NAME, len);
        let made = charged::<F, _>(&scope, len, F::store(rows, B::reborrow(&mut db), want)).await?;
        match sought {
            Some(sought) if const { F::LOOKUP.is_some() } => {
                charged::<F, _>(&scope, 0, F::gather(sought, made, db)).await
            }
            _ => Ok(made),
        }
    }))
}

/// Charges a factory for what its rows take in a backend, where anybody wants to know.
async fn charged<F: Draft, T>(scope: &Scope, rows: usize, work: BoxFuture<'_, Result<T>>) -> Result<T> {
    let before = scope.ledger().tally().map(|tally| tally.before());
    let done = work.await;
    if let (Some(tally), Some(before)) = (scope.ledger().tally(), before) {
        let rows = Cost::rows(if done.is_ok() { rows } else { 0 });
        tally.charge(&before, short(type_name::<F>()), scope.is_asked(), rows);
    }
    done
}

impl<F: Draft + Persist<B>, B: Backend> Make<B> for F {
    fn make<'c>(rows: Rows<F>, db: B::Connection<'c>, want: Want) -> Making<'c, F>
    where
        F: 'c,
    {
        walk::<F, B>(rows, db, want)
    }
}

/// Numbers the rows, before anything else can fail.
fn begin<F: Draft>(rows: &mut Rows<F>) -> Result<()> {
    rows.number(F::counter());
    if let Some(why) = rows.scope().endless() {
        return Err(Error::new(Stage::Resolve, F::NAME, why));
    }
    let (ledger, were_asked_for) = (Arc::clone(rows.scope().ledger()), rows.scope().is_first());
    for draft in rows.drafts_mut() {
        if let Some(sharing) = draft.sharing().get() {
            sharing.meet(&mut ledger.pools(), were_asked_for);
        }
    }
    Ok(())
}

fn fill<F: Draft>(rows: &mut Rows<F>, stage: usize) {
    for (draft, session, turn) in rows.turns() {
        draft.fill(stage, &Context::new(session, turn));
    }
}

/// Finishes rows that are stored nowhere: values inside another row.
pub fn complete<F: Draft>(rows: Rows<F>) -> Vec<Made<F>> {
    rows.into_turns().map(|(draft, session, turn)| Made::Model(draft.into_model(&session, turn))).collect()
}
