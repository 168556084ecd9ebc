//! Parents in a row's attributes: keys that were given, models that stand in the row, and those that are only read.

use super::entries::missing;
use super::{Attributes, Entries};
use crate::error::{Error, Stage};
use crate::persist::{Made, Record};
use crate::resolve::{Context, Draft, Link, Relation};
use serde_json::Value;
use std::marker::PhantomData;

/// Settles a relation whose key is wanted: whether it was given, be it as a key, as a model, or as nobody. A parent that
/// is still to be made has no key that a request could name. It is made only where it is `read`.
pub fn given<F: Relation<STAGE>, const STAGE: usize, V>(
    row: &mut F,
    cx: &Context<'_>,
    entries: &mut Entries,
    read: bool,
    link: fn(&F) -> &Link<F::Parent, V>,
) -> bool {
    check::<F, STAGE>(row, cx, entries);
    let is_unset = link(row).is_unset();
    let mut orders = row.order(cx).peekable();
    let is_made = orders.peek().is_some();
    if read || entries.whole {
        row.build_ordered(orders, cx);
    }
    !is_made && (!is_unset || link(row).set().is_some())
}

/// Settles a relation that only others read.
pub fn read_only<F: Relation<STAGE>, const STAGE: usize>(
    row: &mut F,
    cx: &Context<'_>,
    entries: &mut Entries,
    read: bool,
) {
    check::<F, STAGE>(row, cx, entries);
    if read || entries.whole {
        row.build(cx);
    }
}

/// Notes if what the caller has said of the parent makes no sense, and forgets it; takes one that is there already.
fn check<F: Relation<STAGE>, const STAGE: usize>(row: &mut F, cx: &Context<'_>, entries: &mut Entries) {
    let fault = row.link().fault().map(|fault| fault.of::<F::Parent>(F::RELATION));
    if fault.is_some() {
        *row.link() = Link::Unset;
    }
    if let Some(why) = fault.or_else(|| row.recall(cx).err()) {
        entries.fail(Error::new(Stage::Resolve, F::NAME, why).attribute(F::RELATION));
    }
}

/// A relation whose models stand in the row. The inherent methods serve parents that have attributes; for all others
/// method lookup falls back to [`Unnested`].
#[derive(Debug)]
pub struct Nested<F, const STAGE: usize>(PhantomData<fn() -> F>);

impl<F, const STAGE: usize> Nested<F, STAGE> {
    /// That of this factory.
    #[expect(clippy::new_without_default, reason = "there is nothing in it")]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<F: Relation<STAGE>, const STAGE: usize> Nested<F, STAGE>
where
    F::Parent: Attributes,
{
    /// The attributes of the parent, where one is made. A model of it is made where it is `read`.
    pub fn one(self, row: &mut F, cx: &Context<'_>, entries: &mut Entries, read: bool) -> Option<Value> {
        Self::all(row, cx, entries, read).pop()
    }

    /// The attributes of all models in a list, where it was not given.
    pub fn list(
        self,
        is_given: bool,
        row: &mut F,
        cx: &Context<'_>,
        entries: &mut Entries,
        read: bool,
    ) -> Option<Value> {
        (!is_given).then(|| Value::Array(Self::all(row, cx, entries, read)))
    }

    fn all(row: &mut F, cx: &Context<'_>, entries: &mut Entries, read: bool) -> Vec<Value> {
        let whole = read || entries.whole;
        check::<F, STAGE>(row, cx, entries);
        let (mut values, mut models, sharing) = (Vec::new(), Vec::new(), row.sharing().clone());
        for mut parent in row.order(cx) {
            parent.sharing().inherit(&sharing);
            let (cx, mut inner) = (cx.next(F::Parent::counter()), Entries::new(F::Parent::NAME, whole));
            parent.note(&cx, &mut inner);
            match inner.into_map() {
                Ok(map) => values.push(Value::Object(map)),
                Err(error) => entries.fail(error.within(<F as Relation<STAGE>>::RELATION)),
            }
            if whole {
                // What is filled stays as it is: the model has the values that were noted.
                models.push(Made::Model(F::Parent::model(parent.build_changed(&cx))));
            }
        }
        if whole {
            row.settle(models.into_iter());
        }
        values
    }
}

/// Settles a relation whose parents have no attributes, because a type parameter of theirs is not `Serialize`: that is
/// no harm where they are given.
pub trait Unnested<F>: Sized {
    /// As of a parent that has attributes; an error if it has to be made.
    fn one(self, row: &mut F, cx: &Context<'_>, entries: &mut Entries, read: bool) -> Option<Value>;

    /// As of models that have attributes; an error if they have to be made.
    fn list(self, is_given: bool, row: &mut F, cx: &Context<'_>, entries: &mut Entries, read: bool) -> Option<Value> {
        (!is_given).then(|| self.one(row, cx, entries, read).unwrap_or_else(|| Value::Array(Vec::new())))
    }
}

impl<F: Relation<STAGE>, const STAGE: usize> Unnested<F> for Nested<F, STAGE> {
    fn one(self, row: &mut F, cx: &Context<'_>, entries: &mut Entries, _: bool) -> Option<Value> {
        check::<F, STAGE>(row, cx, entries);
        let mut orders = row.order(cx).peekable();
        let is_made = orders.peek().is_some();
        // Others may read it, and the error is told at the end.
        row.build_ordered(orders, cx);
        is_made.then(|| {
            let why = missing::<<F::Parent as Record>::Model>();
            let error = Error::new(Stage::Serialize, <F::Parent as Record>::NAME, why);
            entries.fail(error.within(<F as Relation<STAGE>>::RELATION));
            Value::Null
        })
    }
}
