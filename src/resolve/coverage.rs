//! The smallest batch that shows every variant and every preset of a factory. Knows which attributes have variants and which
//! a preset speaks for, not what either of them means.

use super::{Context, Draft};
use crate::session::{self, Session, Turn, hash};
use crate::value::{Attribute, Variants};

/// A preset: its name, how it is turned on, and what it speaks for.
#[derive(Debug, Clone, Copy)]
pub struct Preset<F> {
    name: &'static str,
    apply: fn(F) -> F,
    changes: &'static [&'static str],
}

impl<F> Preset<F> {
    /// The preset of this name.
    #[doc(hidden)]
    pub const fn new(name: &'static str, apply: fn(F) -> F, changes: &'static [&'static str]) -> Self {
        Self { name, apply, changes }
    }

    /// Its name.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Turns it on.
    pub fn apply(&self, factory: F) -> F {
        (self.apply)(factory)
    }

    /// The attributes and relations that it speaks for, those of the presets that it turns on included.
    pub const fn changes(&self) -> &'static [&'static str] {
        self.changes
    }
}

/// One draft after the other, whose attributes come by to be given their next variant.
#[derive(Debug)]
pub struct Covering<'s> {
    session: &'s Session,
    /// The turn that the row will have if it is the next to be made.
    turn: Turn,
    /// What the row's preset speaks for: an override would hide the preset.
    taken: &'static [&'static str],
    /// What is known of each attribute so far.
    shown: Vec<Shown>,
    /// Nothing is given yet: the variants are counted.
    counting: bool,
}

/// How far one attribute has come.
#[derive(Debug)]
struct Shown {
    attribute: &'static str,
    variants: usize,
    next: usize,
}

impl Covering<'_> {
    /// Which variant this attribute gets in this row, if it has `variants` of them.
    fn next(&mut self, attribute: &'static str, variants: usize) -> Option<usize> {
        if self.counting {
            self.shown.push(Shown { attribute, variants, next: 0 });
            return None;
        }
        if self.taken.contains(&attribute) {
            return None;
        }
        let shown = self.shown.iter_mut().find(|shown| shown.attribute == attribute)?;
        let index = shown.next;
        shown.next += 1;
        (index < shown.variants).then_some(index)
    }

    fn attribute(&self, full_name: &'static str) -> Attribute<'_> {
        Context::new(self.session, self.turn).attribute(hash(full_name), short(full_name))
    }
}

/// `role` of `UserFactory.role`.
fn short(full_name: &'static str) -> &'static str {
    full_name.rsplit_once('.').map_or(full_name, |(_, name)| name)
}

/// The slot of an attribute, which gets a variant if its type has some; it comes with its full name, as randomness is keyed
/// by it. The inherent `cover` serves those types; for all others method lookup falls back to [`CoverNothing`].
#[derive(Debug)]
pub struct Cover<'a, T>(pub &'a mut Option<T>);

impl<T: Variants> Cover<'_, T> {
    /// Puts in the variant that has its turn.
    pub fn cover(self, row: &mut Covering<'_>, full_name: &'static str) {
        let variants = T::variants(&row.attribute(full_name));
        if let Some(index) = row.next(short(full_name), variants.len()) {
            *self.0 = variants.into_iter().nth(index);
        }
    }
}

/// An attribute without variants.
pub trait CoverNothing: Sized {
    /// Leaves the slot empty.
    fn cover(self, _: &mut Covering<'_>, _: &'static str) {}
}

impl<T> CoverNothing for Cover<'_, T> {}

/// One row for each preset, and as many without one as the attribute with the most variants needs: it cannot show any in the
/// rows whose preset speaks for it. At least one row.
pub(crate) fn coverage<F: Draft>() -> Vec<F> {
    let (here, presets) = (session::here(), F::presets());
    let session = here.session();
    let first = session.peek(F::counter());
    let mut covering = Covering { session, turn: first, taken: &[], shown: Vec::new(), counting: true };
    F::empty().cover(&mut covering);
    covering.counting = false;
    let needed = covering.shown.iter().map(|shown| {
        let taken = presets.iter().filter(|preset| preset.changes.contains(&shown.attribute));
        shown.variants + taken.count()
    });
    let rows = needed.max().unwrap_or(0).max(presets.len()).max(1);
    (0..rows)
        .map(|i| {
            let preset = presets.get(i);
            (covering.turn, covering.taken) = (first.after(i as u64), preset.map_or(&[][..], |preset| preset.changes));
            let mut draft = preset.map_or_else(F::empty, |preset| preset.apply(F::empty()));
            draft.cover(&mut covering);
            draft
        })
        .collect()
}
