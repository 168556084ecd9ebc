//! One call of `create` or `build`: its session, and what is remembered from its first row to its last. Knows rows only
//! by number, and models only by type.

mod depth;
mod kept;
mod outer;
mod pools;
mod tree;

pub(crate) use depth::{Depth, depth};
pub use kept::{Keep, Kept, Lose};
use outer::Outer;
pub(crate) use outer::Watched;
pub(crate) use pools::{Pools, RuleId};
pub(crate) use tree::{Branch, Part, Spare, Tree};

use crate::profile::{Statements, Tally};
use crate::session::{self, Here, Session};
use std::cell::OnceCell;
use std::rc::Rc;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// So many generations of rows make rows: more is taken for a circle.
const GENERATIONS: u32 = 50;

/// So many hooks run within hooks: the same.
const HOOKS: u32 = 10;

/// What a call remembers.
#[derive(Debug, Default)]
pub struct Ledger {
    pools: Mutex<Pools>,
    tree: Option<Mutex<Tree>>,
    /// Whether the tree has the models, too.
    keeps_models: bool,
    tally: Option<Arc<Tally>>,
    /// That of the call in whose hook this one was made, where anybody watches.
    outer: Option<Outer>,
}

impl Ledger {
    /// That of a call which goes to a backend.
    pub(crate) fn of_call() -> Self {
        let outer = outer::current();
        let tally = match &outer {
            Some(outer) => outer.ledger.tally.clone(),
            None => Tally::of_call(),
        };
        Self { tally, outer, ..Self::default() }
    }

    /// One that remembers the models that are made, too.
    pub(crate) fn with_tree() -> Self {
        Self { tree: Some(Mutex::default()), keeps_models: true, ..Self::of_call() }
    }

    /// One that counts the rows that are made.
    pub(crate) fn counting() -> Self {
        Self { tree: Some(Mutex::default()), ..Self::of_call() }
    }

    /// What the call costs, where anybody wants to know.
    pub(crate) fn tally(&self) -> Option<&Arc<Tally>> {
        self.tally.as_ref()
    }

    /// Where a backend says what it sends.
    pub(crate) fn statements(&self) -> Statements {
        Statements::of(self.tally.as_ref())
    }

    /// This one, where somebody watches what the users' hooks do.
    pub(crate) fn watched(self: &Arc<Self>) -> Option<&Arc<Self>> {
        let counts = self.tree.is_some() && !self.keeps_models;
        Some(self).filter(|_| counts || self.tally.is_some() || self.outer.is_some())
    }

    /// Counts rows of a factory that were made at this place.
    pub(crate) fn count(&self, at: Branch, factory: &'static str, rows: usize) {
        if let Some(mut tree) = self.tree() {
            tree.count(at, factory, rows);
        }
        let mut outer = self.outer.as_ref();
        while let Some(Outer { ledger, is_first }) = outer {
            if let (Some(mut tree), true) = (ledger.tree(), is_first) {
                tree.count_hooked(factory, rows);
            }
            outer = ledger.outer.as_ref();
        }
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

    /// The rows that those asked for could do without.
    pub(crate) fn spare(&self) -> Vec<Spare> {
        self.tree().map(|tree| tree.spare()).unwrap_or_default()
    }

    /// Whether models are kept.
    pub(crate) fn keeps_models(&self) -> bool {
        self.keeps_models
    }
}

/// A call in memory: its session, and what it remembers. Most remember nothing, and pay nothing for it.
#[derive(Debug)]
pub struct Notes {
    here: Here,
    ledger: OnceCell<Rc<Ledger>>,
}

impl Notes {
    /// Those of a call that begins on this thread.
    #[inline]
    pub(crate) fn begin() -> Self {
        Self { here: session::here(), ledger: OnceCell::new() }
    }

    /// The session that was current when the call began.
    #[inline]
    pub(crate) fn here(&self) -> &Here {
        &self.here
    }

    /// The ledger, from the first time on that it is asked for.
    #[cold]
    pub(crate) fn ledger(&self) -> &Ledger {
        self.ledger.get_or_init(Rc::default)
    }

    /// The ledger, if anybody has asked for it.
    #[inline]
    pub(crate) fn written(&self) -> Option<&Ledger> {
        self.ledger.get().map(|ledger| &**ledger)
    }
}

/// Where in a call some rows stand.
#[derive(Debug, Clone)]
pub struct Scope {
    session: Session,
    ledger: Arc<Ledger>,
    generation: u32,
    /// The relation by which they were asked for, if by any.
    relation: Option<&'static str>,
    /// How many hooks the call is made in, one within the other.
    hooks: u32,
    /// The place in the tree of what is made.
    branch: Branch,
}

impl Scope {
    /// The first rows of a call.
    pub(crate) fn new(session: Session, ledger: Ledger, hooks: u32) -> Self {
        Self { session, ledger: Arc::new(ledger), generation: 0, relation: None, hooks, branch: Branch::ROOT }
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
    pub(crate) fn below(&self, relation: &'static str, factory: &'static str, part: Part) -> Self {
        let at = |mut tree: MutexGuard<'_, Tree>| tree.branch(self.branch, relation, factory, part);
        let branch = self.ledger.tree().map_or(Branch::ROOT, at);
        Self { generation: self.generation + 1, relation: Some(relation), branch, ..self.clone() }
    }

    /// The relation by which they were asked for. `None` for the first rows of a call.
    pub(crate) fn relation(&self) -> Option<&'static str> {
        self.relation
    }

    /// Whether the caller has asked for them, and no hook.
    pub(crate) fn is_asked(&self) -> bool {
        self.relation.is_none() && self.ledger.outer.is_none()
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
