//! Parents that may be out of a backend's reach: they have no table there, or are not `Send`. The impl that asks for them
//! has to compile all the same, because its factory may only ever be built.

use super::{Context, Relation, parents};
use crate::error::{BoxError, Error, Result, Stage};
use crate::persist::{Backend, BoxFuture, Create, Persist, Record, Rows};
use std::marker::PhantomData;

/// The parents of one relation in one backend. The inherent methods serve parents that can be made there; for all others
/// method lookup falls back to [`OutOfReach`].
#[derive(Debug)]
pub struct Reach<F, B, const STAGE: usize>(PhantomData<fn() -> (F, B)>);

impl<F, B, const STAGE: usize> Reach<F, B, STAGE> {
    /// Those of this factory.
    #[expect(clippy::new_without_default, reason = "there is nothing in it")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<F, B, const STAGE: usize> Reach<F, B, STAGE>
where
    F: Relation<STAGE> + Send,
    F::Parent: Create<B>,
    B: Backend,
{
    /// Settles a relation whose parents are pointed at.
    pub fn stored<'c>(self, rows: &'c mut Rows<F>, db: B::Connection<'c>) -> BoxFuture<'c, Result<()>>
    where
        F: 'c,
        F::Parent: 'c,
    {
        Box::pin(parents::<F, STAGE, B>(rows, db))
    }
}

impl<F, B, const STAGE: usize> Reach<F, B, STAGE>
where
    F: Relation<STAGE> + Send,
    F::Parent: Persist<B>,
    B: Backend,
{
    /// Settles a relation whose parents are held.
    pub fn whole<'c>(self, rows: &'c mut Rows<F>, db: B::Connection<'c>) -> BoxFuture<'c, Result<()>>
    where
        F: 'c,
        F::Parent: 'c,
    {
        Box::pin(parents::<F, STAGE, B>(rows, db))
    }
}

/// Settles a relation whose parents cannot be made: that is no harm where all of them are given.
pub trait OutOfReach<F, B: Backend>: Sized {
    /// Parents that are pointed at.
    fn stored<'c>(self, rows: &'c mut Rows<F>, db: B::Connection<'c>) -> BoxFuture<'c, Result<()>>;

    /// Parents that are held.
    fn whole<'c>(self, rows: &'c mut Rows<F>, db: B::Connection<'c>) -> BoxFuture<'c, Result<()>> {
        self.stored(rows, db)
    }
}

impl<F: Relation<STAGE>, B: Backend, const STAGE: usize> OutOfReach<F, B> for Reach<F, B, STAGE> {
    fn stored<'c>(self, rows: &'c mut Rows<F>, _: B::Connection<'c>) -> BoxFuture<'c, Result<()>> {
        let asked = |(row, session, turn): (&mut F, &_, _)| row.order(&Context::new(session, turn)).next();
        let is_asked = rows.turns().any(|row| asked(row).is_some());
        Box::pin(std::future::ready(if is_asked { Err(failure::<F, STAGE>()) } else { Ok(()) }))
    }
}

fn failure<F: Relation<STAGE>, const STAGE: usize>() -> Error {
    let model = <F::Parent as Record>::NAME;
    let why = format!("`{model}` can only be built in memory: it has no table, or is not `Send`, or needs what is not");
    Error::new(Stage::Insert, model, BoxError::from(why)).within(<F as Relation<STAGE>>::RELATION)
}
