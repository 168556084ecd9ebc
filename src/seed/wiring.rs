//! The parents of seeded rows: drawn from earlier steps where the plan says nothing, never made beside them.

use super::choice::Way;
use super::row::Row;
use crate::async_trait;
use crate::error::{BoxError, Error, Result, Stage};
use crate::persist::{Batch, Made, Store, short};
use crate::resolve::{Context, Link, Need, Relation};
use crate::session::Turn;
use std::any::TypeId;

/// Draws the parents of one row. Handed to what the derive has written.
#[derive(Debug)]
pub struct Wiring<'c> {
    pub(super) row: &'c Row<'c>,
    pub(super) turn: Turn,
}

impl Wiring<'_> {
    /// Settles a relation of which nobody has said anything, and that is pointed at.
    ///
    /// # Errors
    /// No earlier step makes such parents.
    pub fn relation<F, const STAGE: usize>(&mut self, draft: &mut F) -> Result<()>
    where
        F: Relation<STAGE> + 'static,
    {
        let course = self.row.course;
        let is_open = !F::LIST && F::NEED != Need::Whole && draft.link().is_unset();
        if !is_open || !draft.is_made(&Context::new(&course.session, self.turn)) {
            return Ok(());
        }
        let Some(step) = course.step_of(TypeId::of::<F::Parent>(), self.row.step) else {
            let factory = short(std::any::type_name::<F::Parent>());
            let why = format!(
                "no earlier step makes its `{}`: add one of `{factory}` before it, or name rows that are there already \
                 with `plan.existing::<{factory}>(..)`",
                F::RELATION
            );
            return Err(Error::new(Stage::Resolve, F::NAME, why).attribute(F::RELATION));
        };
        let index = self.row.owner(step).unwrap_or_else(|| self.row.pick(step, &Way::Uniform));
        let parent = course.steps[step].rows.parent(course, step, index, F::NEED)?;
        let held = parent.downcast::<Made<F::Parent>>().ok().and_then(|made| F::hold(*made));
        if let Some(held) = held {
            *draft.link() = Link::Set(held);
        }
        Ok(())
    }
}

/// Stands where parents would be made.
pub(super) struct NoParents;

#[async_trait]
impl Store for NoParents {
    async fn insert(&mut self, batch: &mut Batch<'_>) -> Result<(), BoxError> {
        let model = batch.factory();
        Err(format!(
            "a step makes rows of one factory, not their parents: make each `{model}` in an earlier step, and point at it by \
             `row.key(..)`"
        )
        .into())
    }
}
