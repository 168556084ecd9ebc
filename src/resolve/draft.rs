//! What the derive writes for every factory: a draft that is filled stage by stage and becomes a model.

use super::{Context, Covering, Preset, Rules, Unrepeatable};
use crate::persist::{Complete, Kept, Record};
use crate::session::{Counter, Session, Turn};

/// A factory as the draft of its row: one slot per attribute, empty until overridden or filled. Written by the derive.
///
/// A row goes through `fill(0)`, the relation of stage 0, `fill(1)`, the relation of stage 1 and so on, and a last `fill`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a factory",
    label = "not a factory",
    note = "name the factory, not the model: `#[derive(Factory)]` on `User` makes `UserFactory`"
)]
pub trait Draft: Record {
    /// What is built in memory: the model, or what `create` inserts to get one.
    type Built;

    /// How many generations of parents this factory always makes, itself included: its depth. Parents without end have no
    /// such number. rustc then says that this constant depends on itself, and has no words for it but its name.
    const PARENTS_WITHOUT_END_MAKE_ONE_OPTIONAL: usize = 1;

    /// How many relations have to be settled one after the other.
    const STAGES: usize = 0;

    /// How many kinds of children it has.
    const CHILDREN: usize = 0;

    /// Whether something happens to its rows after they were created.
    const HOOKED: bool = false;

    /// Before the relation of which stage it looks for rows that are there already, if it does.
    const LOOKUP: Option<usize> = None;

    /// The columns by which it looks for them.
    const LOOKUP_COLUMNS: &'static [&'static str] = &[];

    /// Where this factory's rows are counted.
    fn counter() -> &'static Counter;

    /// Nothing overridden.
    fn empty() -> Self;

    /// Whether nothing is overridden, so that rows of it are best made from nothing.
    fn is_untouched(&self) -> bool {
        false
    }

    /// A copy of this factory's overrides, and of those of `weaker` where there are none. Notes in `refused` what cannot be
    /// copied.
    fn blend(&self, weaker: &Self, refused: &mut Option<Unrepeatable>) -> Self;

    /// A second factory with the same overrides.
    ///
    /// # Errors
    /// An attribute was overridden whose type is not `Clone`.
    fn fork(&self) -> Result<Self, Unrepeatable> {
        let mut refused = None;
        let copy = self.blend(&Self::empty(), &mut refused);
        refused.map_or(Ok(copy), Err)
    }

    /// This factory's overrides where there are some, else those of `weaker`.
    fn under(self, weaker: Self) -> Self {
        self.blend(&weaker, &mut None)
    }

    /// Fills the empty slots of one stage.
    #[inline]
    fn fill(&mut self, _stage: usize, _cx: &Context<'_>) {}

    /// Runs the `after_build` hooks on a row that goes to a backend.
    #[inline]
    fn prepare(&mut self, _cx: &Context<'_>) {}

    /// Fills the slots that are left to a backend: nothing else depends on them.
    #[inline]
    fn fill_open(&mut self, _cx: &Context<'_>) {}

    /// Becomes the model; every slot is filled.
    fn finish(self) -> Self::Built;

    /// The stages of a row in memory, one after the other. Written out in each of the two ways below.
    fn build_row(self, cx: &Context<'_>) -> Self::Built;

    /// The model of what was built, for a row that was built to be a parent.
    fn model(built: Self::Built) -> Self::Model;

    /// What the caller says of all parents below.
    fn sharing(&mut self) -> &mut Rules;

    /// How its models are kept beside others, if they can be.
    fn kept() -> Option<Kept<Self::Model>> {
        None
    }

    /// A second model, if the type is `Clone`.
    fn copied(_: &Self::Model) -> Option<Self::Model> {
        None
    }

    /// A factory with this one's children and nothing else, if any are to be made.
    fn offspring(&mut self) -> Option<Self> {
        None
    }

    /// Whether another row has the same values in the columns by which rows are looked for.
    fn is_same(&self, _: &Self) -> bool {
        false
    }

    /// A number that rows which are the same have in common.
    fn same_hash(&self) -> u64 {
        0
    }
    /// The presets, in the order of their declaration.
    fn presets() -> Vec<Preset<Self>> {
        Vec::new()
    }

    /// Has every attribute that may have variants come by, to get the one that has its turn in this row.
    #[doc(hidden)]
    fn cover(&mut self, _: &mut Covering<'_>) {}

    /// The whole way in memory, for a row of which nothing is overridden: the compiler sees that, and skips what asks for it.
    #[inline]
    fn build_fresh(cx: &Context<'_>) -> Self::Built {
        Self::empty().build_row(cx)
    }

    /// The whole way in memory, for a row of which something is overridden.
    #[inline(never)]
    fn build_changed(self, cx: &Context<'_>) -> Self::Built {
        self.build_row(cx)
    }

    /// The whole way in memory.
    #[inline]
    fn build_in(self, cx: &Context<'_>) -> Self::Built {
        if self.is_untouched() { Self::build_fresh(cx) } else { self.build_changed(cx) }
    }

    /// The whole way in memory, for a parent of the row whose context it is.
    fn build_for(mut self, child: &Context<'_>) -> Self::Built {
        if let Some(notes) = child.notes() {
            self.sharing().meet(notes, false);
        }
        self.build_in(&child.next(Self::counter()))
    }
}

impl<F: Draft> Complete for F {
    fn fill_open(&mut self, session: &Session, turn: Turn) {
        Draft::fill_open(self, &Context::new(session, turn));
    }

    fn into_model(mut self, session: &Session, turn: Turn) -> Self::Model {
        Draft::fill_open(&mut self, &Context::new(session, turn));
        F::model(self.finish())
    }
}

/// A factory whose model has a key that others can point at.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no key for a relation to point at",
    label = "no attribute of this factory's model is a key",
    note = "mark the field with `#[factory(key)]`, or say which field is pointed at: `sub_factory(.., key = field)`"
)]
pub trait Keyed: Draft {
    /// The key; a tuple where several fields are.
    type Key;

    /// The key of a model.
    fn key_of(model: &Self::Model) -> Self::Key;
}

/// What a row needs of the parents that a relation gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Their keys: the parents are stored, and pointed at.
    Key,
    /// Their keys, and their models for other attributes to read.
    Model,
    /// The models themselves, held by a field: stored where they have a table, values inside this row where not.
    Whole,
}
