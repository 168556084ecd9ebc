//! One call of `create` or `build`: its session, and what is remembered from its first row to its last. Knows rows only
//! by number, and models only by type.

mod kept;
mod pools;
mod tree;

pub use kept::{Keep, Kept, Lose};
pub(crate) use pools::{Pools, RuleId};
pub(crate) use tree::{Branch, Tree};

use crate::session::Session;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many generations of rows make rows: more is taken for a circle.
const GENERATIONS: u32 = 200;

/// What a call remembers.
#[derive(Debug, Default)]
pub struct Ledger {
    pools: Mutex<Pools>,
    tree: Option<Mutex<Tree>>,
}

impl Ledger {
    /// One that remembers the models that are made, too.
    pub(crate) fn with_tree() -> Self {
        Self { pools: Mutex::default(), tree: Some(Mutex::default()) }
    }

    /// What is shared among the rows of the call.
    pub(crate) fn pools(&self) -> MutexGuard<'_, Pools> {
        self.pools.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was made, where anybody wants to know.
    pub(crate) fn tree(&self) -> Option<MutexGuard<'_, Tree>> {
        Some(self.tree.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes the tree out.
    pub(crate) fn take_tree(&self) -> Option<Tree> {
        self.tree().map(|mut tree| std::mem::take(&mut *tree))
    }

    /// Whether models are kept.
    pub(crate) fn keeps_models(&self) -> bool {
        self.tree.is_some()
    }
}

/// Where in a call some rows stand.
#[derive(Debug, Clone)]
pub struct Scope {
    session: Session,
    ledger: Arc<Ledger>,
    generation: u32,
    /// The place in the tree of what is made.
    branch: Branch,
}

impl Scope {
    /// The first rows of a call.
    pub(crate) fn new(session: Session, ledger: Ledger) -> Self {
        Self { session, ledger: Arc::new(ledger), generation: 0, branch: Branch::ROOT }
    }

    /// The session they belong to.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// What the call remembers.
    pub(crate) fn ledger(&self) -> &Arc<Ledger> {
        &self.ledger
    }

    /// The rows that these ask for by a relation.
    pub(crate) fn below(&self, relation: &'static str) -> Self {
        let branch = self.ledger.tree().map_or(Branch::ROOT, |mut tree| tree.branch(self.branch, relation));
        Self { generation: self.generation + 1, branch, ..self.clone() }
    }

    /// The place in the tree.
    pub(crate) fn place(&self) -> Branch {
        self.branch
    }

    /// Whether rows have made rows so often that it must be a circle.
    pub(crate) fn is_endless(&self) -> bool {
        self.generation > GENERATIONS
    }
}
