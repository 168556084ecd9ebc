//! The way of a batch: all rows walk the stages together, so that the number of statements depends on the number of
//! relations, never on the number of rows. Written once, for every factory and every backend.

use super::{Context, Draft, Need, Relation};
use crate::error::{Error, Result};
use crate::persist::{Backend, BoxFuture, Complete, Create, Made, Persist, Record, Rows, Want};

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
        rows.number(F::counter());
        for stage in 0..F::STAGES {
            fill(&mut rows, stage);
            F::parents(stage, &mut rows, B::reborrow(&mut db)).await?;
        }
        fill(&mut rows, F::STAGES);
        for (draft, session, turn) in rows.turns() {
            draft.prepare(&Context::new(session, turn));
        }
        if want == Want::Values { Ok(complete(rows)) } else { F::insert(rows, db, want).await }
    })
}

/// The same for parents that have to be stored, because the row points at them.
///
/// # Errors
/// As [`parents`].
pub fn stored_parents<'c, F, const STAGE: usize, B>(
    rows: &'c mut Rows<F>,
    db: B::Connection<'c>,
) -> BoxFuture<'c, Result<()>>
where
    F: Relation<STAGE> + Send,
    F::Parent: Create<B> + 'c,
    B: Backend,
{
    parents::<F, STAGE, B>(rows, db)
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

/// Settles the relation of one stage for all rows: takes the orders out, has them made in one go, puts the parents in.
///
/// # Errors
/// What making the parents fails with, one step of the path added.
pub fn parents<'c, F, const STAGE: usize, B>(rows: &'c mut Rows<F>, db: B::Connection<'c>) -> BoxFuture<'c, Result<()>>
where
    F: Relation<STAGE> + Send,
    F::Parent: Persist<B> + 'c,
    B: Backend,
{
    let (orders, counts) = orders(rows);
    if orders.is_empty() {
        return Box::pin(std::future::ready(Ok(())));
    }
    let want = match (F::NEED, <F::Parent as Record>::TABLE) {
        (Need::Key, _) => Want::Keys,
        (Need::Whole, None) => Want::Values,
        (Need::Model | Need::Whole, _) => Want::Models,
    };
    let orders = Rows::new(orders, rows.session().clone());
    Box::pin(async move {
        let made = F::Parent::make(orders, db, want).await;
        let mut made = made.map_err(|error: Error| error.within(<F as Relation<STAGE>>::RELATION))?.into_iter();
        for ((draft, ..), count) in rows.turns().zip(counts) {
            draft.settle(made.by_ref().take(count));
        }
        Ok(())
    })
}

/// The parents that all rows ask for, and how many each.
fn orders<F: Relation<STAGE>, const STAGE: usize>(rows: &mut Rows<F>) -> (Vec<F::Parent>, Vec<usize>) {
    let mut orders = Vec::new();
    let mut counts = Vec::with_capacity(rows.len());
    for (draft, session, turn) in rows.turns() {
        let before = orders.len();
        orders.extend(draft.order(&Context::new(session, turn)));
        counts.push(orders.len() - before);
    }
    (orders, counts)
}
