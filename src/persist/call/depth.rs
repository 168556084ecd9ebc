//! How many hooks are running on this thread, one within the other. Knows nothing of what they do.

use std::cell::Cell;

thread_local! {
    static DEPTH: Cell<u32> = const { Cell::new(0) };
}

/// How many there are.
pub(crate) fn depth() -> u32 {
    DEPTH.get()
}

/// While it lives, so many hooks are running.
pub(crate) struct Depth {
    before: u32,
}

impl Depth {
    pub(crate) fn enter(hooks: u32) -> Self {
        Self { before: DEPTH.replace(hooks) }
    }
}

impl Drop for Depth {
    fn drop(&mut self) {
        DEPTH.set(self.before);
    }
}
