//! The parents of a batch: taken out of all rows, made in one go, and put in; those that are shared, once.

use super::relation::{Shared, share, uncloneable};
use super::{Context, Draft, Need, Relation};
use crate::error::{Error, Result, Stage};
use crate::persist::{Backend, BoxFuture, Create, Made, Make, Part, Persist, Record, Rows, RuleId, Want};
use std::sync::Arc;

/// Settles the relation of one stage, whose parents have to be stored, because the row points at them.
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

/// Settles the relation of one stage for all rows: takes the orders out, has them made in one go, puts the parents in.
///
/// # Errors
/// What making the parents fails with, one step of the path added; or what the caller has said of them makes no sense.
pub fn parents<'c, F, const STAGE: usize, B>(rows: &'c mut Rows<F>, db: B::Connection<'c>) -> BoxFuture<'c, Result<()>>
where
    F: Relation<STAGE> + Send,
    F::Parent: Persist<B> + 'c,
    B: Backend,
{
    let orders = match orders::<F, STAGE>(rows) {
        Ok(orders) if orders.parents.is_empty() => return Box::pin(std::future::ready(Ok(()))),
        Ok(orders) => orders,
        Err(error) => return Box::pin(std::future::ready(Err(error))),
    };
    let Orders { parents, seats, rules } = orders;
    let keeps = rows.scope().ledger().keeps_models();
    let want = match (F::NEED, <F::Parent as Record>::TABLE) {
        (Need::Whole, None) => Want::Values,
        (Need::Key, _) if !keeps && rules.is_empty() => Want::Keys,
        (Need::Key | Need::Model | Need::Whole, _) => Want::Models,
    };
    let parents = Rows::new(parents, rows.scope().below(F::RELATION, F::Parent::NAME, part::<F, STAGE>()));
    let first = parents.frame().row(0);
    Box::pin(async move {
        let made = F::Parent::make(parents, db, want).await;
        let made = made.map_err(|error: Error| error.within(F::RELATION))?;
        if rules.is_empty() && !(keeps && want == Want::Models) {
            let mut made = made.into_iter();
            // Who has asked for nothing has what was given.
            for ((draft, ..), seat) in rows.turns().zip(seats).filter(|(_, seat)| seat.count > 0) {
                draft.settle(made.by_ref().take(seat.count));
            }
            return Ok(());
        }
        hand_out::<F, STAGE>(rows, &seats, made, &rules, keeps.then_some(first))
    })
}

/// What the parents are to the rows.
fn part<F: Relation<STAGE>, const STAGE: usize>() -> Part {
    match (F::LIST, F::OPTIONAL) {
        (true, _) => Part::Listed,
        (false, true) => Part::Optional,
        (false, false) => Part::Needed,
    }
}

/// What the rows ask for.
struct Orders<P> {
    parents: Vec<P>,
    /// Where each row's parents are among those.
    seats: Vec<Seat>,
    /// The parents that are shared, and by which rules.
    rules: Vec<(RuleId, usize)>,
}

#[derive(Clone, Copy)]
struct Seat {
    first: usize,
    count: usize,
}

/// The parents that all rows ask for.
fn orders<F: Relation<STAGE>, const STAGE: usize>(rows: &mut Rows<F>) -> Result<Orders<F::Parent>> {
    let mut orders = Orders { parents: Vec::new(), seats: Vec::with_capacity(rows.len()), rules: Vec::new() };
    let (ledger, len) = (Arc::clone(rows.scope().ledger()), rows.len());
    let by_session = rows.session().has_models();
    for (i, (draft, session, turn)) in rows.turns().enumerate() {
        let cx = Context::new(session, turn);
        if let Some(fault) = draft.link().fault() {
            let error = Error::new(Stage::Resolve, F::NAME, fault.of::<F::Parent>(F::RELATION));
            return Err(error.attribute(F::RELATION).at(i, len));
        }
        let sharing = draft.sharing().clone();
        let first = orders.parents.len();
        if sharing.is_some() || by_session {
            match share(draft, &cx, &ledger) {
                Shared::Not => {}
                Shared::Settled => {
                    orders.seats.push(Seat { first, count: 0 });
                    continue;
                }
                Shared::First(rule) => match orders.rules.iter().find(|(known, _)| *known == rule) {
                    Some((_, seat)) => {
                        orders.seats.push(Seat { first: *seat, count: 1 });
                        continue;
                    }
                    None => orders.rules.push((rule, first)),
                },
                Shared::Uncloneable(why) => {
                    return Err(Error::new(Stage::Resolve, F::NAME, why).attribute(F::RELATION).at(i, len));
                }
            }
        }
        let asked = draft.order(&cx).map(|mut parent| {
            parent.sharing().inherit(&sharing);
            parent
        });
        orders.parents.extend(asked);
        orders.seats.push(Seat { first, count: orders.parents.len() - first });
    }
    Ok(orders)
}

/// Gives every row a copy of its parents, and keeps the parents themselves: for the next rows that share them, or for
/// whoever asked what was made.
fn hand_out<F: Relation<STAGE>, const STAGE: usize>(
    rows: &mut Rows<F>,
    seats: &[Seat],
    made: Vec<Made<F::Parent>>,
    rules: &[(RuleId, usize)],
    first: Option<usize>,
) -> Result<()> {
    let refused = || Error::new(Stage::Resolve, F::NAME, uncloneable::<F::Parent>()).attribute(F::RELATION);
    let models: Option<Vec<_>> = made.into_iter().map(Made::into_model).collect();
    let models = models.ok_or_else(refused)?;
    let ledger = Arc::clone(rows.scope().ledger());
    for ((draft, ..), seat) in rows.turns().zip(seats).filter(|(_, seat)| seat.count > 0) {
        let theirs = models.iter().skip(seat.first).take(seat.count);
        *draft.link() = super::Link::Set(F::hold_copy(theirs).ok_or_else(refused)?);
    }
    let Some(kept) = <F::Parent as Draft>::kept() else { return Ok(()) };
    for (i, model) in models.into_iter().enumerate() {
        let rule = rules.iter().find(|(_, seat)| *seat == i).map(|(rule, _)| *rule);
        let Some(row) = first else {
            if let Some(rule) = rule {
                ledger.pools().keep(rule, &kept, model);
            }
            continue;
        };
        if let Some(rule) = rule {
            // Two keep it: the pool needs one of its own.
            ledger.pools().keep(rule, &kept, F::Parent::copied(&model).ok_or_else(refused)?);
        }
        if let Some(mut tree) = ledger.tree() {
            tree.keep(row + i, &kept, model);
        }
    }
    Ok(())
}
