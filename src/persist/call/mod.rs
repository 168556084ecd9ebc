//! One call of `create` or `build`: its session, and what is remembered from its first row to its last. Knows rows only
//! by number, and models only by type.

mod depth;
mod kept;
mod pools;
mod tree;

pub(crate) use depth::{Depth, depth};
pub use kept::{Keep, Kept, Lose};
pub(crate) use pools::{Pools, RuleId};
pub(crate) use tree::{Branch, Tree};

use crate::session::Session;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many generations of rows make rows: more is taken for a circle.
const GENERATIONS: u32 = 200;

/// So many hooks run within hooks: the same.
const HOOKS: u32 = 20;

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
    /// How many hooks the call is made in, one within the other.
    hooks: u32,
    /// The place in the tree of what is made.
    branch: Branch,
}

impl Scope {
    /// The first rows of a call.
    pub(crate) fn new(session: Session, ledger: Ledger, hooks: u32) -> Self {
        Self { session, ledger: Arc::new(ledger), generation: 0, hooks, branch: Branch::ROOT }
    }

    /// The session they belong to.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// What the call remembers.
    pub(crate) fn ledger(&self) -> &Arc<Ledger> {
        &self.ledger
    }

    /// The rows of a factory that these ask for by a relation.
    pub(crate) fn below(&self, relation: &'static str, factory: &'static str) -> Self {
        let branch = self.ledger.tree().map_or(Branch::ROOT, |mut tree| tree.branch(self.branch, relation, factory));
        Self { generation: self.generation + 1, branch, ..self.clone() }
    }

    /// The place in the tree.
    pub(crate) fn place(&self) -> Branch {
        self.branch
    }

    /// Whether these are the rows that were asked for.
    pub(crate) fn is_first(&self) -> bool {
        self.generation == 0
    }

    /// How many hooks the call is made in, one within the other.
    pub(crate) fn hooks(&self) -> u32 {
        self.hooks
    }

    /// What to say where rows have made rows so often that it must be a circle.
    pub(crate) fn endless(&self) -> Option<&'static str> {
        if self.hooks > HOOKS {
            Some(
                "hooks make rows whose hooks make rows, without end; make them of a factory without `after_create`, or not each time",
            )
        } else if self.generation > GENERATIONS {
            Some("rows make rows without end; give one of the factories on this path its parent, or no children")
        } else {
            None
        }
    }
}
