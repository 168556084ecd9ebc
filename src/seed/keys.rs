//! The keys of a step's rows: as a rule they follow from the row's number; else they are kept. And the way out of a closure
//! that asks for what there is not.

use super::target::Seeds;
use crate::error::{Error, Result, Stage};
use crate::persist::{Value, common_as};
use crate::resolve::{Keyed, KeyedBy};
use std::any::Any;
use std::panic::resume_unwind;
use std::sync::OnceLock;

/// Keys that do not follow from the row's number, by blocks that are made when somebody asks.
pub(super) struct Kept<K> {
    blocks: Vec<OnceLock<Box<[K]>>>,
}

/// So many keys are made together.
pub(super) const BLOCK: u64 = 1_024;

impl<K: Clone> Kept<K> {
    pub(super) fn new(rows: u64) -> Self {
        let blocks = usize::try_from(rows.div_ceil(BLOCK)).unwrap_or(0);
        Self { blocks: std::iter::repeat_with(OnceLock::new).take(blocks).collect() }
    }

    /// Keys that are all known.
    pub(super) fn of(keys: &[K]) -> Self {
        let blocks = keys.chunks(usize::try_from(BLOCK).unwrap_or(1)).map(|block| OnceLock::from(Box::from(block)));
        Self { blocks: blocks.collect() }
    }

    /// A key; `make` makes those of a block, given its first row.
    pub(super) fn get(&self, row: u64, make: impl FnOnce(u64) -> Vec<K>) -> Option<K> {
        let block = self.blocks.get(usize::try_from(row / BLOCK).ok()?)?;
        let keys = block.get_or_init(|| make(row / BLOCK * BLOCK).into_boxed_slice());
        keys.get(usize::try_from(row % BLOCK).ok()?).cloned()
    }
}

/// Makes keys of the values of rows that were there already: `Kept<F::Key>`.
pub(super) type KeysOf = fn(Vec<Value>) -> Result<Box<dyn Any + Send + Sync>>;

/// How those of a factory are made.
pub(super) fn keys_of<F>() -> KeysOf
where
    F: Seeds + Keyed + KeyedBy<<F as Keyed>::Key>,
    F::Key: Clone + Send + Sync + 'static,
{
    |values| {
        let keys = values.into_iter().map(|value| {
            let mut draft = F::empty();
            match value {
                Value::Int(key) if draft.assign_key(key) => draft.key_drafted().ok_or_else(unnumbered::<F>),
                value => common_as(&value).ok_or_else(unnumbered::<F>),
            }
        });
        Ok(Box::new(Kept::<F::Key>::of(&keys.collect::<Result<Vec<_>>>()?)))
    }
}

/// Why a key cannot be told.
pub(super) fn unnumbered<F: Seeds>() -> Error {
    let why = "a plan has to know the keys of its rows, and cannot number these: say on the key's field how to make one, such \
               as `sequence(|n| ..)` or `lazy(|rng| ..)`, or that it is stored as an integer, `as(i64)`";
    Error::new(Stage::Resolve, F::NAME, why)
}

/// What a closure of a plan ends with where it asks for what there is not. It has to give a factory, so it cannot give an
/// error; whoever called it catches this.
pub(super) struct Stop {
    pub(super) why: String,
}

/// The same with an error of its own.
pub(super) struct Failed(pub(super) Error);

/// Leaves the closure.
pub(super) fn stop(stop: Stop) -> ! {
    resume_unwind(Box::new(stop))
}

/// Leaves the closure with an error.
pub(super) fn fail(error: Error) -> ! {
    resume_unwind(Box::new(Failed(error)))
}
