//! The way of a batch: all rows walk the stages together, so that the number of statements depends on the number of
//! relations, never on the number of rows. Written once, for every factory and every backend.

use super::{Context, Draft};
use crate::error::{Error, Result, Stage};
use crate::persist::{Backend, BoxFuture, Complete, Made, Persist, Rows, Want};
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
    Box::pin(async move {
        begin(&mut rows)?;
        let looks = F::LOOKUP.filter(|_| want != Want::Values);
        let mut sought = None;
        for stage in 0..=F::STAGES {
            fill(&mut rows, stage);
            if looks == Some(stage) {
                let (known, rest) = F::seek(rows, B::reborrow(&mut db)).await?;
                (sought, rows) = (Some(known), rest);
            }
            F::parents(stage, &mut rows, B::reborrow(&mut db)).await?;
        }
        for (draft, session, turn) in rows.turns() {
            draft.prepare(&Context::new(session, turn));
        }
        if want == Want::Values {
            return Ok(complete(rows));
        }
        if let Some(mut tree) = rows.scope().ledger().tree() {
            tree.count(rows.scope().place(), F::NAME, rows.len());
        }
        let made = F::store(rows, B::reborrow(&mut db), want).await?;
        match sought {
            None => Ok(made),
            Some(sought) => F::gather(sought, made, db).await,
        }
    })
}

/// Numbers the rows, before anything else can fail.
fn begin<F: Draft>(rows: &mut Rows<F>) -> Result<()> {
    rows.number(F::counter());
    if let Some(why) = rows.scope().endless() {
        return Err(Error::new(Stage::Resolve, F::NAME, why));
    }
    let (ledger, were_asked_for) = (Arc::clone(rows.scope().ledger()), rows.scope().is_first());
    for draft in rows.drafts_mut() {
        if let Some(sharing) = draft.sharing() {
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
