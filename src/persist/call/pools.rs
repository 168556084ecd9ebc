//! The parents that the rows of a call share, and whether anybody did. Knows rules by their address.

use super::Kept;
use std::any::{Any, TypeId};
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

/// A rule: the address of the list it stands in, and its place there.
pub(crate) type RuleId = (usize, usize);

/// What is shared.
#[derive(Default)]
pub(crate) struct Pools {
    /// One parent for each rule and factory.
    parents: BTreeMap<(RuleId, TypeId), Box<dyn Any + Send>>,
    /// Every rule that was met, as it was written, and whether it was of use.
    rules: BTreeMap<RuleId, (String, bool)>,
    /// Rules that say the same of the whole call as an earlier one does.
    same: BTreeMap<RuleId, RuleId>,
    /// The first rule of each meaning that holds for the whole call.
    calls: Vec<(Option<TypeId>, RuleId)>,
    /// Lists of rules by their address, which no other list may get before the call is over.
    lists: BTreeMap<usize, Arc<dyn Any + Send + Sync>>,
}

impl Pools {
    /// Whether these rules are met for the first time.
    pub(crate) fn is_new<R: Send + Sync + 'static>(&mut self, rules: &Arc<R>) -> bool {
        let address = Arc::as_ptr(rules).addr();
        self.lists.insert(address, Arc::<R>::clone(rules)).is_none()
    }

    /// Notes a rule.
    pub(crate) fn meet(&mut self, rule: RuleId, written: impl FnOnce() -> String) {
        let rule = self.first(rule);
        self.rules.entry(rule).or_insert_with(|| (written(), false));
    }

    /// Notes a rule that holds for the whole call: one parent of this factory, or of each. Where several rows say so, they
    /// mean the same one.
    pub(crate) fn meet_for_all(&mut self, rule: RuleId, factory: Option<TypeId>) {
        match self.calls.iter().find(|(known, _)| *known == factory) {
            Some((_, first)) if *first != rule => {
                self.same.insert(rule, *first);
            }
            Some(_) => {}
            None => self.calls.push((factory, rule)),
        }
    }

    /// The rule that this one is the same as: itself, or an earlier one.
    pub(crate) fn first(&self, rule: RuleId) -> RuleId {
        self.same.get(&rule).copied().unwrap_or(rule)
    }

    /// Notes that a rule was of use.
    pub(crate) fn was_used(&mut self, rule: RuleId) {
        let rule = self.first(rule);
        if let Some((_, used)) = self.rules.get_mut(&rule) {
            *used = true;
        }
    }

    /// A rule that nobody had a use for.
    pub(crate) fn unused(&self) -> Option<&str> {
        self.rules.values().find(|(_, used)| !used).map(|(written, _)| written.as_str())
    }

    /// The parent that a rule has made of this type.
    pub(crate) fn parent<M>(&mut self, rule: RuleId, kept: &Kept<M>) -> Option<&M> {
        let list = self.parents.get_mut(&(rule, kept.factory()))?;
        kept.open(&mut **list)?.first()
    }

    /// Keeps the parent that a rule has made.
    pub(crate) fn keep<M>(&mut self, rule: RuleId, kept: &Kept<M>, model: M) {
        let list = self.parents.entry((rule, kept.factory())).or_insert_with(|| kept.list());
        if let Some(list) = kept.open(&mut **list) {
            list.push(model);
        }
    }
}

impl fmt::Debug for Pools {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pools").field("rules", &self.rules).finish_non_exhaustive()
    }
}
