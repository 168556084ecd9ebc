//! What a caller says of all parents that a call makes: shared, recycled. Knows types, not relations.

use super::among::{IntoAmong, Pick};
use crate::persist::{Kept, Notes, Pools, RuleId};
use crate::session::{Session, Stream};
use std::any::{Any, TypeId};
use std::fmt;
use std::sync::{Arc, Mutex};

/// The rules that hold for the parents of a row, and for theirs: its own first, then those of the row that asked for it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sharing(Vec<Arc<[Rule]>>);

/// Where a factory keeps its rules: mostly it has none. Nobody who drops a factory is told where it stands, so that the compiler
/// may keep one that nobody has touched in registers, or see that it is not needed at all. And what they are is not said here:
/// of each factory rustc asks several times whether it is `Send`, and would look at all that there is in them.
#[derive(Clone, Default)]
pub struct Rules(Option<Arc<dyn Any + Send + Sync>>);

impl Rules {
    /// No rules.
    pub const NONE: Self = Self(None);

    /// Whether there are none.
    #[inline]
    pub fn is_none(&self) -> bool {
        self.0.is_none()
    }

    /// Whether there are some.
    #[inline]
    pub(crate) fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// The rules, if there are some.
    pub(crate) fn get(&self) -> Option<Arc<Sharing>> {
        Arc::clone(self.0.as_ref()?).downcast().ok()
    }

    /// These rules where there are some, else those.
    pub fn or(&self, weaker: &Self) -> Self {
        if self.is_some() { self.clone() } else { weaker.clone() }
    }

    /// Adds one.
    pub(crate) fn add(&mut self, rule: Rule) {
        let mut chain = self.get().map(|sharing| sharing.0.clone()).unwrap_or_default();
        let own: Vec<Rule> = chain.first().into_iter().flat_map(|rules| rules.iter().cloned()).chain([rule]).collect();
        match chain.first_mut() {
            Some(first) => *first = own.into(),
            None => chain.push(own.into()),
        }
        self.0 = Some(Arc::new(Sharing(chain)));
    }

    /// Takes over those of the row that asked for this one.
    pub(crate) fn inherit(&mut self, from: &Self) {
        match (self.get(), from.get()) {
            (_, None) => {}
            (None, Some(from)) => self.0 = Some(from),
            (Some(own), Some(from)) if Arc::ptr_eq(&own, &from) => {}
            (Some(own), Some(from)) => {
                let outer = from.0.iter().filter(|rules| !own.0.iter().any(|known| Arc::ptr_eq(known, rules)));
                self.0 = Some(Arc::new(Sharing(own.0.iter().chain(outer).cloned().collect())));
            }
        }
    }

    /// Notes them in a call in memory, if there are any.
    #[inline]
    pub(crate) fn meet(&self, notes: &Notes, were_asked_for: bool) {
        if self.is_some() {
            // Not where they are kept, but a copy of them, so that nobody learns where that is.
            meet(&self.clone(), notes, were_asked_for);
        }
    }
}

impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Rules").field(&self.get()).finish()
    }
}

impl Drop for Rules {
    #[inline]
    fn drop(&mut self) {
        if let Some(sharing) = self.0.take() {
            let_go(sharing);
        }
    }
}

#[cold]
#[inline(never)]
fn meet(rules: &Rules, notes: &Notes, were_asked_for: bool) {
    if let Some(sharing) = rules.get() {
        sharing.meet(&mut notes.ledger().pools(), were_asked_for);
    }
}

#[cold]
#[inline(never)]
fn let_go(_: Arc<dyn Any + Send + Sync>) {}

/// One rule, and how it was written, in backticks.
#[derive(Clone)]
pub(crate) struct Rule {
    kind: Kind,
    written: String,
}

#[derive(Clone)]
enum Kind {
    /// One parent of this factory for the whole call.
    Factory(TypeId),
    /// One parent of each factory.
    Every,
    /// These models wherever one of their type is wanted.
    Models { model: TypeId, pool: Arc<dyn Any + Send + Sync>, pick: Arc<Pick> },
}

/// What a rule says of one parent.
pub(crate) enum Said<'s> {
    /// Take one of these.
    Recycle { pool: &'s (dyn Any + Send + Sync), pick: &'s Pick },
    /// Take the one that this rule has made; if there is none yet, make it.
    Share(RuleId),
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

impl Rule {
    pub(crate) fn share<F: 'static>() -> Self {
        Self { kind: Kind::Factory(TypeId::of::<F>()), written: format!("`share::<{}>()`", short::<F>()) }
    }

    pub(crate) fn share_all() -> Self {
        Self { kind: Kind::Every, written: "`share_all()`".to_owned() }
    }

    pub(crate) fn recycle<M: Clone + Send + 'static>(models: impl IntoAmong<M>, method: &str) -> Self {
        let (pool, pick) = models.choose(M::clone).into_parts();
        let (pool, model): (Arc<Mutex<Vec<M>>>, _) = (pool, TypeId::of::<M>());
        Self { kind: Kind::Models { model, pool, pick }, written: format!("`{method}(..)` of `{}`", short::<M>()) }
    }
}

impl Sharing {
    /// Notes the rules, so that those that nobody uses are found in the end. Those of rows that were asked for hold for the
    /// whole call: two of them that say the same share one parent.
    pub(crate) fn meet(self: &Arc<Self>, pools: &mut Pools, were_asked_for: bool) {
        if !pools.is_new(self) {
            return;
        }
        for (id, rule) in self.rules() {
            match rule.kind {
                Kind::Factory(factory) if were_asked_for => pools.meet_for_all(id, Some(factory)),
                Kind::Every if were_asked_for => pools.meet_for_all(id, None),
                _ => {}
            }
            pools.meet(id, || rule.written.clone());
        }
    }

    /// Notes that nothing more can be said of the rules: a row that is there already makes no parents.
    pub(crate) fn settle(&self, pools: &mut Pools) {
        for (id, _) in self.rules() {
            pools.was_used(id);
        }
    }

    /// What is to be done for a parent that nobody has said more of: recycled models win over shared ones.
    pub(crate) fn say<M>(&self, kept: &Kept<M>, pools: &mut Pools) -> Option<Said<'_>> {
        if let Some((id, said)) = self.recycled(kept) {
            pools.was_used(id);
            return Some(said);
        }
        let id = self.shared(kept)?;
        pools.was_used(id);
        Some(Said::Share(pools.first(id)))
    }

    /// Whether such a parent is one that the call makes for all.
    #[cfg(feature = "serde_json")]
    pub(crate) fn makes<M>(&self, kept: &Kept<M>) -> bool {
        self.recycled(kept).is_none() && self.shared(kept).is_some()
    }

    fn recycled<M>(&self, kept: &Kept<M>) -> Option<(RuleId, Said<'_>)> {
        self.rules().find_map(|(id, rule)| match &rule.kind {
            Kind::Models { model, pool, pick } if *model == kept.model() => {
                Some((id, Said::Recycle { pool: &**pool, pick }))
            }
            _ => None,
        })
    }

    fn shared<M>(&self, kept: &Kept<M>) -> Option<RuleId> {
        self.rules().find_map(|(id, rule)| match &rule.kind {
            Kind::Every => Some(id),
            Kind::Factory(factory) if *factory == kept.factory() => Some(id),
            _ => None,
        })
    }

    fn rules(&self) -> impl Iterator<Item = (RuleId, &Rule)> {
        self.0.iter().flat_map(|rules| {
            let address = Arc::as_ptr(rules).cast::<Rule>().addr();
            rules.iter().enumerate().map(move |(i, rule)| ((address, i), rule))
        })
    }
}

/// The model that the session shares wherever one of its type is wanted.
pub(crate) fn of_session<M, R>(session: &Session, kept: &Kept<M>, look: impl FnOnce(&M) -> R) -> Option<R> {
    let pool = session.shared(kept.model())?;
    kept.pool(&*pool, |models| models.first().map(look))?
}

/// One of the models that are recycled.
pub(crate) fn recycled<M, R>(
    (pool, pick): (&(dyn Any + Send + Sync), &Pick),
    kept: &Kept<M>,
    stream: &mut Stream,
    look: impl FnOnce(&M) -> R,
) -> Option<R> {
    kept.pool(pool, |models| models.get(pick.index(models.len(), stream)?).map(look))?
}

fn short<T: ?Sized>() -> String {
    crate::persist::short(std::any::type_name::<T>())
}
