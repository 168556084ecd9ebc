//! The relation that is settled at one stage: which parents it asks for, and what it does with them.

use super::link::refuse;
use super::sharing::{Said, of_session, recycled};
use super::{Context, Draft, Link, Need};
use crate::persist::{Ledger, Made, Notes, Record};
use crate::session::{Stream, hash};

/// A relation to one parent, or to a list of models. Written by the derive.
pub trait Relation<const STAGE: usize>: Draft {
    /// The factory of the parents.
    type Parent: Draft;

    /// What the row holds of them.
    type Held;

    /// The relation's name.
    const RELATION: &'static str;

    /// What the row needs of its parents.
    const NEED: Need;

    /// Whether it holds many.
    const LIST: bool = false;

    /// Whether there may be none.
    const OPTIONAL: bool = false;

    /// Whether the declaration says more of the parent than its factory.
    const DETAILED: bool = false;

    /// Its slot.
    fn link(&mut self) -> &mut Link<Self::Parent, Self::Held>;

    /// Whether there is a parent when nobody has said anything.
    #[inline]
    fn is_made(&self, _: &Context<'_>) -> bool {
        true
    }

    /// The declared factory, which the caller's stands above.
    #[inline]
    fn weaker(&self, _: &Context<'_>) -> Self::Parent {
        Self::Parent::empty()
    }

    /// How many a list holds.
    #[inline]
    fn count(&self) -> usize {
        1
    }

    /// What the row holds of a parent that was made. `None` for a list.
    fn hold(_: Made<Self::Parent>) -> Option<Self::Held> {
        None
    }

    /// What the row holds of all that were made for it.
    #[inline]
    fn hold_all(mut made: impl Iterator<Item = Made<Self::Parent>>) -> Option<Self::Held> {
        made.next().and_then(Self::hold)
    }

    /// How the key that it holds is taken from a model, where it holds one.
    #[expect(clippy::type_complexity, reason = "an alias would hide that it is a plain function")]
    fn key_of() -> Option<fn(&<Self::Parent as Record>::Model) -> Self::Held> {
        None
    }

    /// The same of parents that others hold as well. `None` where that takes a clone, and they are not `Clone`.
    fn hold_copy<'m>(mut models: impl Iterator<Item = &'m <Self::Parent as Record>::Model>) -> Option<Self::Held>
    where
        Self::Parent: 'm,
    {
        if let Some(key_of) = Self::key_of() {
            return models.next().map(key_of);
        }
        let made = models.map(|model| Self::Parent::copied(model).map(Made::Model)).collect::<Option<Vec<_>>>()?;
        Self::hold_all(made.into_iter())
    }

    /// Takes out the parents that have to be made.
    #[inline]
    fn order(&mut self, cx: &Context<'_>) -> Orders<Self::Parent> {
        if self.link().is_unset() {
            return match Self::LIST {
                true => self.order_list(),
                false if self.is_made(cx) => Orders::One(self.weaker(cx)),
                false => Orders::None,
            };
        }
        match self.link().take_factory() {
            Some(factory) if Self::DETAILED => Orders::One(factory.under(self.weaker(cx))),
            Some(factory) => Orders::One(*factory),
            None => {
                self.link().pick(|| stream::<Self, STAGE>(cx));
                Orders::None
            }
        }
    }

    /// The models of a list that nobody has given. A list of none is there already.
    fn order_list(&mut self) -> Orders<Self::Parent> {
        match self.count() {
            0 => {
                self.settle(std::iter::empty());
                Orders::None
            }
            n => Orders::Many(n),
        }
    }

    /// Puts in what was made, in the order it was asked for.
    #[inline]
    fn settle(&mut self, made: impl Iterator<Item = Made<Self::Parent>>) {
        if let Some(held) = Self::hold_all(made) {
            *self.link() = Link::Set(held);
        }
    }

    /// Settles the relation in memory.
    #[inline]
    fn build(&mut self, cx: &Context<'_>) {
        if (self.sharing().is_some() || cx.session().has_models()) && self.is_shared(cx) {
            return;
        }
        // A factory that nobody has touched is not handed around: the compiler then sees that nothing is overridden.
        if !Self::LIST && !Self::DETAILED && self.link().is_unset() && self.sharing().is_none() {
            if self.is_made(cx) {
                let model = Self::Parent::build_fresh(&cx.next(Self::Parent::counter()));
                if let Some(held) = Self::hold(Made::Model(Self::Parent::model(model))) {
                    *self.link() = Link::Set(held);
                }
            }
            return;
        }
        if let Some(fault) = self.link().fault() {
            refuse(format_args!(
                "cannot build {}.{}: {}",
                Self::NAME,
                Self::RELATION,
                fault.of::<Self::Parent>(Self::RELATION)
            ));
        }
        let orders = self.order(cx);
        if matches!(orders, Orders::None) {
            return;
        }
        self.build_ordered(orders, cx);
    }

    /// Builds the parents that were asked for in memory, and puts them in.
    #[inline]
    fn build_ordered(&mut self, orders: impl Iterator<Item = Self::Parent>, cx: &Context<'_>) {
        let sharing = self.sharing().clone();
        let made = orders.map(|mut parent| {
            parent.sharing().inherit(&sharing);
            Made::Model(Self::Parent::model(parent.build_for(cx)))
        });
        self.settle(made);
    }

    /// Takes a parent that is there already although nobody has said so here, in memory: recycled, or shared by the session. One
    /// that the call itself shares is still to be made.
    ///
    /// # Errors
    /// It cannot be had twice.
    #[cfg(feature = "serde_json")]
    fn recall(&mut self, cx: &Context<'_>) -> Result<(), String> {
        let (Some(kept), Some(notes)) = (Self::Parent::kept(), cx.notes()) else { return Ok(()) };
        let sharing = self.sharing().get();
        let is_made = sharing.as_deref().is_some_and(|sharing| sharing.makes(&kept));
        if is_made || (sharing.is_none() && !cx.session().has_models()) {
            return Ok(());
        }
        match share(self, cx, notes.ledger()) {
            Shared::Uncloneable(what) => Err(what),
            Shared::Not | Shared::Settled | Shared::First(_) => Ok(()),
        }
    }

    /// Takes a parent that is shared or recycled, in memory; makes it where it is not there yet.
    #[cold]
    fn is_shared(&mut self, cx: &Context<'_>) -> bool {
        let Some(ledger) = cx.notes().map(Notes::ledger) else { return false };
        match share(self, cx, ledger) {
            Shared::Not => false,
            Shared::Settled => true,
            Shared::Uncloneable(what) => refuse(format_args!("cannot build {}.{}: {what}", Self::NAME, Self::RELATION)),
            Shared::First(rule) => {
                let (sharing, mut parent) = (self.sharing().clone(), self.weaker(cx));
                *parent.sharing() = sharing;
                let model = Self::Parent::model(parent.build_for(cx));
                match Self::hold_copy(std::iter::once(&model)) {
                    Some(held) => *self.link() = Link::Set(held),
                    None => refuse(format_args!(
                        "cannot build {}.{}: {}",
                        Self::NAME,
                        Self::RELATION,
                        uncloneable::<Self::Parent>()
                    )),
                }
                if let Some(kept) = Self::Parent::kept() {
                    ledger.pools().keep(rule, &kept, model);
                }
                true
            }
        }
    }
}

/// The randomness by which a relation picks.
pub(crate) fn stream<F: Relation<STAGE>, const STAGE: usize>(cx: &Context<'_>) -> Stream {
    cx.stream(hash(&format!("{}.{} among", F::NAME, F::RELATION)))
}

/// What became of a relation that may share its parent.
pub(crate) enum Shared {
    /// Nothing is shared here.
    Not,
    /// It has its parent.
    Settled,
    /// It has to make the parent that others will share.
    First(crate::persist::RuleId),
    /// The parent cannot be had twice.
    Uncloneable(String),
}

/// Looks for a parent that is shared or recycled, where the caller has said nothing of this one.
pub(crate) fn share<F: Relation<STAGE>, const STAGE: usize>(row: &mut F, cx: &Context<'_>, ledger: &Ledger) -> Shared {
    if F::LIST || !row.link().is_unset() || !row.is_made(cx) {
        return Shared::Not;
    }
    let Some(kept) = F::Parent::kept() else { return Shared::Not };
    let sharing = row.sharing().get();
    let mut pools = ledger.pools();
    let hold = |model: &<F::Parent as Record>::Model| F::hold_copy(std::iter::once(model));
    let held = match sharing.as_deref().and_then(|sharing| sharing.say(&kept, &mut pools)) {
        Some(Said::Recycle { pool, pick }) => match recycled((pool, pick), &kept, &mut stream::<F, STAGE>(cx), hold) {
            Some(held) => held,
            None => {
                return Shared::Uncloneable(format!(
                    "there is no `{}` to recycle; give at least one model",
                    F::Parent::NAME
                ));
            }
        },
        Some(Said::Share(rule)) => match pools.parent(rule, &kept) {
            Some(model) => hold(model),
            None => return Shared::First(rule),
        },
        None => match of_session(cx.session(), &kept, hold) {
            Some(held) => held,
            None => return Shared::Not,
        },
    };
    match held {
        Some(held) => {
            *row.link() = Link::Set(held);
            Shared::Settled
        }
        None => Shared::Uncloneable(uncloneable::<F::Parent>()),
    }
}

/// Why a parent cannot serve several rows.
pub(crate) fn uncloneable<P: Draft>() -> String {
    let model = P::NAME;
    format!("several rows are to hold the same `{model}`, which is not `Clone`; derive `Clone` for `{model}`")
}

/// The parents that a relation asks for.
#[derive(Debug)]
pub enum Orders<P> {
    /// None.
    None,
    /// One.
    One(P),
    /// So many with nothing overridden.
    Many(usize),
}

impl<P: Draft> Iterator for Orders<P> {
    type Item = P;

    #[inline]
    fn next(&mut self) -> Option<P> {
        match std::mem::replace(self, Self::None) {
            Self::None | Self::Many(0) => None,
            Self::One(parent) => Some(parent),
            Self::Many(n) => {
                *self = Self::Many(n - 1);
                Some(P::empty())
            }
        }
    }
}

/// A model to be copied. The inherent method serves those that are `Clone`; for all others method lookup falls back to
/// [`NoCopy`].
#[derive(Debug)]
pub struct Copied<'m, M>(pub &'m M);

impl<M: Clone> Copied<'_, M> {
    /// The copy.
    pub fn copy(self) -> Option<M> {
        Some(self.0.clone())
    }
}

/// Models that cannot be copied.
pub trait NoCopy<M>: Sized {
    /// None.
    fn copy(self) -> Option<M> {
        None
    }
}

impl<M> NoCopy<M> for Copied<'_, M> {}
