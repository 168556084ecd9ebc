//! Tables in memory, which have no library that could read them: they show their rows.

use super::Place;
use crate::limits::{self, Limits};
use manufactory::persist::Stores;
use manufactory::{Handle, Memory};

/// New tables.
#[derive(Default)]
pub(crate) struct InMemory(pub(crate) Memory);

impl Place for InMemory {
    type Backend = Stores;

    const LIMITS: &'static Limits = &limits::MEMORY;

    fn handle(&mut self) -> impl Handle<'_, Backend = Stores> {
        &mut self.0
    }

    /// Forgets everything: it knows no SQL.
    async fn say(&mut self, _: &str) {
        self.0 = Memory::new();
    }
}
