//! The keys of a step's rows: as a rule they follow from the row's number; else they are kept. And the way out of a closure
//! that asks for what there is not.

use crate::error::Error;
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
