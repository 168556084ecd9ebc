//! The parents that the rows of a call share, and whether anybody did. Knows rules by their address.

use super::Kept;
use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;

/// A rule: the address of the list it stands in, and its place there.
pub(crate) type RuleId = (usize, usize);

/// What is shared.
#[derive(Default)]
pub(crate) struct Pools {
    /// One parent for each rule and factory.
    parents: HashMap<(RuleId, TypeId), Box<dyn Any + Send>>,
    /// Every rule that was met, as it was written, and whether it was of use.
    rules: HashMap<RuleId, (String, bool)>,
}

impl Pools {
    /// Notes a rule.
    pub(crate) fn meet(&mut self, rule: RuleId, written: impl FnOnce() -> String) {
        self.rules.entry(rule).or_insert_with(|| (written(), false));
    }

    /// Notes that a rule was of use.
    pub(crate) fn was_used(&mut self, rule: RuleId) {
        if let Some((_, used)) = self.rules.get_mut(&rule) {
            *used = true;
        }
    }

    /// A rule that nobody had a use for.
    pub(crate) fn unused(&self) -> Option<&str> {
        let mut unused: Vec<_> = self.rules.iter().filter(|(_, (_, used))| !used).collect();
        unused.sort_unstable_by_key(|(rule, _)| **rule);
        unused.first().map(|(_, (written, _))| written.as_str())
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
