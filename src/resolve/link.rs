//! The slot of a parent: untouched, absent, to be made, or there. What the caller may put into it.

use super::{Among, Draft, IntoAmong, IntoHeld};
use crate::persist::short;
use crate::session::Stream;
use crate::value::IntoValue;
use std::any::type_name;
use std::borrow::Borrow;
use std::fmt;

/// The slot of one relation. `V` is what the row needs of the parent: its key, or the whole model where an attribute
/// reads it or the field holds it; or a list of models.
#[derive(Debug)]
pub enum Link<F, V> {
    /// Nothing was said: the declaration decides.
    Unset,
    /// There is no parent.
    Absent,
    /// This factory makes the parent.
    Make(Box<F>),
    /// The declared factory makes the parent, with these changes.
    Changed(Box<F>),
    /// The parent is one of these.
    Among(Among<V>),
    /// The parent, or its key.
    Set(V),
    /// Changes were asked for, and another parent.
    Clash,
}

/// What is wrong with a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Changes to a parent that is not made.
    Clash,
    /// Nothing to pick from.
    Empty,
}

impl Fault {
    /// Why, in the words of the caller of relation `name`, whose parents `F` makes.
    pub(crate) fn of<F>(self, name: &str) -> String {
        match self {
            Self::Clash => format!(
                "`{name}_with(..)` changes how the {name} is made, and another call says that it is not made like this; leave \
                 one of them out, or put the changes into the factory: `.{name}({}::new()..)`",
                short(type_name::<F>())
            ),
            Self::Empty => format!("`{name}_among(..)` was given nothing to choose from; give it at least one model"),
        }
    }
}

impl<F: Draft, V> Link<F, V> {
    /// Takes what the caller says. Changes that were asked for before are not dropped in silence.
    #[inline]
    pub fn given(self, given: Self) -> Self {
        if matches!(self, Self::Changed(_) | Self::Clash) { Self::Clash } else { given }
    }

    /// Takes the key alone, or all that the row holds.
    #[inline]
    pub fn key(self, key: impl IntoValue<V>) -> Self {
        self.given(Self::Set(key.into_value()))
    }

    /// The same, where it may be missing.
    #[inline]
    pub fn key_or_none(self, key: impl IntoValue<Option<V>>) -> Self {
        self.given(key.into_value().map_or(Self::Absent, Self::Set))
    }

    /// Takes the factory, or the key of a model.
    #[inline]
    pub fn parent<P: IntoParent<F>>(self, parent: P, key_of: impl FnOnce(&F::Model) -> V) -> Self {
        self.taken(parent, |model| key_of(model.borrow()))
    }

    /// Takes the factory, or a model to keep.
    #[inline]
    pub fn whole<P: IntoParent<F>>(self, parent: P) -> Self
    where
        P::Model: IntoModel<V>,
    {
        self.taken(parent, IntoModel::into_model)
    }

    /// The same of a factory that was asked for.
    #[inline]
    pub fn held<P: IntoHeld<F, V>>(self, parent: P) -> Self {
        self.taken(parent, P::held)
    }

    fn taken<P: IntoParent<F>>(self, parent: P, of: impl FnOnce(P::Model) -> V) -> Self {
        self.given(match parent.into_parent() {
            Given::Factory(factory) => Self::Make(Box::new(factory)),
            Given::Model(model) => Self::Set(of(model)),
        })
    }

    /// Takes several models, one of which each row gets.
    pub fn among<M>(self, models: impl IntoAmong<M>, of: impl Fn(&M) -> V) -> Self
    where
        V: Clone,
    {
        self.given(Self::Among(models.choose(of)))
    }

    /// Changes the factory that makes the parent.
    pub fn changed(self, change: impl FnOnce(F) -> F) -> Self {
        match self {
            Self::Unset => Self::Changed(Box::new(change(F::empty()))),
            Self::Changed(factory) => Self::Changed(Box::new(change(*factory))),
            Self::Make(factory) => Self::Make(Box::new(change(*factory))),
            Self::Absent | Self::Among(_) | Self::Set(_) | Self::Clash => Self::Clash,
        }
    }

    /// Whether nothing was said.
    #[inline]
    pub fn is_unset(&self) -> bool {
        matches!(self, Self::Unset)
    }

    /// Whether nothing has to be made: what is there is known, or one of several.
    #[inline]
    pub fn is_settled(&self) -> bool {
        matches!(self, Self::Absent | Self::Among(_) | Self::Set(_))
    }

    /// What is wrong, if anything.
    pub(crate) fn fault(&self) -> Option<Fault> {
        match self {
            Self::Clash => Some(Fault::Clash),
            Self::Among(among) if among.is_empty() => Some(Fault::Empty),
            _ => None,
        }
    }

    /// The factory that the caller has given, taken out.
    pub(crate) fn take_factory(&mut self) -> Option<Box<F>> {
        match std::mem::replace(self, Self::Unset) {
            Self::Make(factory) | Self::Changed(factory) => Some(factory),
            other => {
                *self = other;
                None
            }
        }
    }

    /// Picks one of those that the caller has given.
    pub(crate) fn pick(&mut self, stream: impl FnOnce() -> Stream) {
        if let Self::Among(among) = self {
            if let Some(picked) = among.one(&mut stream()) {
                *self = Self::Set(picked);
            }
        }
    }

    /// What is there, if anything.
    #[inline]
    pub fn set(&self) -> Option<&V> {
        match self {
            Self::Set(parent) => Some(parent),
            _ => None,
        }
    }

    /// What is there, taken out.
    #[inline]
    pub fn into_set(self) -> Option<V> {
        match self {
            Self::Set(parent) => Some(parent),
            _ => None,
        }
    }
}

/// Says why a factory cannot be built.
#[cold]
pub(crate) fn refuse(why: impl fmt::Display) -> ! {
    panic!("{why}")
}

/// What a relation's setter takes: the factory that makes the parent, or a reference to the parent's model.
///
/// ```
/// use manufactory::Factory;
/// use manufactory::resolve::IntoParent;
///
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "users")]
/// # struct User { #[factory(key)] id: i64, #[factory(format("user{n}"))] username: String }
/// # #[derive(Debug, Clone, Factory)]
/// # #[factory(table = "posts")]
/// # struct Post { #[factory(key)] id: i64, #[factory(sub_factory(UserFactory))] author_id: i64, title: String }
/// /// A helper of the tests' own, that takes what `author` takes.
/// fn draft_by(author: impl IntoParent<UserFactory>) -> Post {
///     Post::factory().author(author).title("draft").build()
/// }
///
/// let alice = User::factory().build();
/// assert_eq!(draft_by(&alice).author_id, alice.id);
/// draft_by(User::factory().username("bob"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no parent that `{F}` makes",
    label = "expected `{F}` or a reference to its model",
    note = "pass the factory (`.author(User::factory())`) or an existing model by reference (`.author(&user)`); a mere key has \
            a setter of its own (`.author_id(7)`), unless another attribute reads the parent",
    note = "in `through = Join(here, there)` the first relation points at the model that says so, the second at what it is \
            linked to"
)]
pub trait IntoParent<F: Draft> {
    /// How the model is held.
    type Model: Borrow<F::Model>;

    /// Tells the two apart.
    #[doc(hidden)]
    fn into_parent(self) -> Given<F, Self::Model>;
}

#[diagnostic::do_not_recommend]
impl<F: Draft> IntoParent<F> for F {
    type Model = F::Model;

    #[inline]
    fn into_parent(self) -> Given<F, F::Model> {
        Given::Factory(self)
    }
}

/// The two things that a relation's setter takes.
#[derive(Debug)]
pub enum Given<F, M> {
    /// A factory to make the parent with.
    Factory(F),
    /// The parent.
    Model(M),
}

/// A model to keep: the model itself, or a clone of what a reference points at.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be cloned into the `{M}` that is held here",
    note = "another attribute reads this parent, or the field holds it: derive `Clone` for `{M}`, or pass the factory that makes it",
    note = "if `{M}` is no model but a key, say at that field which one: `sub_factory(.., key = field)`"
)]
pub trait IntoModel<M> {
    /// The model.
    fn into_model(self) -> M;
}

impl<M> IntoModel<M> for M {
    #[inline]
    fn into_model(self) -> M {
        self
    }
}

impl<M: Clone> IntoModel<M> for &M {
    #[inline]
    fn into_model(self) -> M {
        self.clone()
    }
}
