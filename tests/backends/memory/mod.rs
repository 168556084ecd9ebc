//! The reference store.

mod rules;

use manufactory::conformance::{Subject, conformance};
use manufactory::persist::Stores;
use manufactory::{Handle, Memory, Store};

struct InMemory(Memory);

impl Subject for InMemory {
    type Backend = Stores;

    fn handle(&mut self) -> impl Handle<'_, Backend = Stores> {
        &mut self.0
    }

    async fn count(&mut self, table: &'static str) -> usize {
        self.0.count(table)
    }

    async fn begin(&mut self) {
        self.0.begin().await.unwrap();
    }

    async fn rollback(&mut self) {
        self.0.rollback().await.unwrap();
    }
}

async fn subject() -> InMemory {
    InMemory(
        Memory::new()
            .unique("authors", &["name"])
            .with_default("authors", "joined", "today")
            .unique("topics", &["name"]),
    )
}

conformance!(
    #[tokio::test]
    subject
);
