//! Stage 2: what will happen, in order. Knows meaning, writes no code.

mod check;
mod endless;
pub(crate) mod factories;
mod gather;
mod held;
mod lookup;
mod mentions;
pub(crate) mod names;
mod order;
mod stored;
mod tables;
pub(crate) mod types;

use crate::diagnostics::Diagnostics;
use crate::spec::{Closure, Declaration, Item};
use names::Names;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::{Attribute as Attr, Expr, Ident, Type};
use types::Wrapper;

/// A checked factory: emitting it cannot fail.
pub(crate) struct Plan<'a> {
    pub(crate) item: &'a Item<'a>,
    pub(crate) names: Names,
    /// Params first, then fields, then further columns.
    pub(crate) attributes: Vec<Attribute<'a>>,
    /// In the order of their stages.
    pub(crate) relations: Vec<Relation<'a>>,
    pub(crate) children: Vec<Children<'a>>,
    pub(crate) presets: Vec<Preset<'a>>,
    /// Where it looks for rows that are there already.
    pub(crate) lookup: Option<Lookup>,
    /// Which attributes are filled before the relation of stage 0, of stage 1, .., and at last.
    pub(crate) stages: Vec<Vec<usize>>,
}

/// One attribute of the factory.
pub(crate) struct Attribute<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) setter: &'a Ident,
    pub(crate) docs: &'a [&'a Attr],
    pub(crate) place: Place,
    pub(crate) value: Value<'a>,
    /// Part of the primary key.
    pub(crate) key: bool,
    /// Left to the database unless the caller or a preset says it: `database`, or a key without a declaration.
    pub(crate) database_made: bool,
    /// Its column, where it is one.
    pub(crate) column: Option<String>,
    /// What that is called in Diesel's `table!`.
    pub(crate) typed: Ident,
    /// How its column differs from it.
    pub(crate) conversion: Option<Conversion<'a>>,
    /// Never shown; the word that says so stands here.
    pub(crate) secret: Option<Span>,
    /// Another attribute reads it.
    pub(crate) read: bool,
}

/// As what an attribute is stored.
#[derive(Clone, Copy)]
pub(crate) enum Conversion<'a> {
    /// This type.
    As(&'a Type),
    /// JSON; the word stands here.
    Json(Span),
}

/// Where an attribute belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Param,
    Field,
    Column,
}

impl Place {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Param => "param",
            Self::Field => "field",
            Self::Column => "column",
        }
    }
}

/// Where an attribute's value comes from.
pub(crate) enum Value<'a> {
    /// From its declaration (none is `auto`), or that of the preset with this number.
    Declared { declaration: Option<&'a Declaration>, presets: Vec<(u16, &'a Declaration)> },
    /// From the relation with this index: its key, its model, its list of models.
    Parent(usize),
}

/// A parent, or a list of models made by another factory.
pub(crate) struct Relation<'a> {
    pub(crate) ident: Ident,
    /// Where `sub_factory` or `list` stands.
    pub(crate) word: Span,
    pub(crate) factory: &'a Type,
    pub(crate) need: Need<'a>,
    /// The type of the key or of the whole model, without `Option` and `Box`.
    pub(crate) held: Option<&'a Type>,
    pub(crate) wrapper: Wrapper,
    /// There may be none.
    pub(crate) option: bool,
    pub(crate) made: Made<'a>,
    pub(crate) with: Option<&'a Closure>,
    /// What the presets with these numbers say instead.
    pub(crate) presets: Vec<(u16, Made<'a>, Option<&'a Closure>)>,
    pub(crate) docs: &'a [&'a Attr],
}

/// Rows that point back.
pub(crate) struct Children<'a> {
    pub(crate) spec: &'a crate::spec::Children,
    /// What the presets with these numbers say of them.
    pub(crate) presets: Vec<(u16, &'a Expr)>,
}

/// By which attributes rows are looked for, and before the relation of which stage.
pub(crate) struct Lookup {
    pub(crate) attributes: Vec<usize>,
    pub(crate) stage: usize,
}

/// What is needed of a relation's models.
#[derive(Clone, Copy)]
pub(crate) enum Need<'a> {
    /// The key, or this field of the parent.
    Key(Option<&'a Ident>),
    /// The same, and the model, because another attribute reads it.
    Model(Option<&'a Ident>),
    /// The model, held in a field or by a param.
    Whole,
    /// So many models, held in a field.
    List(&'a Expr),
}

/// Whether a parent is made when nothing is said.
#[derive(Clone, Copy)]
pub(crate) enum Made<'a> {
    Always,
    Never,
    Chance(&'a Expr),
}

/// A preset: its number, and which others it enables.
pub(crate) struct Preset<'a> {
    pub(crate) name: &'a Ident,
    pub(crate) number: u16,
    pub(crate) others: &'a [Ident],
}

/// An attribute or a relation, in the order of evaluation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Node {
    Attribute(usize),
    Relation(usize),
}

impl<'a> Plan<'a> {
    /// Gives every word its meaning. `None` only after a mistake was reported.
    pub(crate) fn make(item: &'a Item<'a>, diagnostics: &Diagnostics) -> Option<Self> {
        if !item.is_struct {
            return None;
        }
        let names = Names::of(item);
        let gather::Gathered { mut attributes, mut relations, children, presets } = gather::all(item, diagnostics);
        let uses = order::uses(&attributes, &relations, item);
        order::mark(&uses, &mut attributes, &mut relations);
        check::all(&attributes, &relations, &uses, item, diagnostics);
        names::check(&attributes, &relations, item, diagnostics);
        let early = lookup::early(&attributes, item, diagnostics)?;
        let order = order::order(&attributes, &relations, &uses, &early, diagnostics)?;
        lookup::needs_no_parent(&attributes, &relations, &uses, item, diagnostics);
        let stages = order::stages(&order, &mut attributes, &mut relations);
        let lookup = lookup::plan(&attributes, &stages, item);
        Some(Self { item, names, attributes, relations, children, presets, lookup, stages })
    }

    /// The attribute or relation of this name.
    pub(crate) fn find(&self, name: &Ident) -> Option<Node> {
        find(name, &self.attributes, &self.relations)
    }
}

impl Relation<'_> {
    pub(crate) fn is_list(&self) -> bool {
        matches!(self.need, Need::List(_))
    }

    /// Whether a key alone will do.
    pub(crate) fn takes_key(&self) -> bool {
        matches!(self.need, Need::Key(_))
    }
}

impl Attribute<'_> {
    /// Whether the backend fills it unless the caller or a preset does. What others read is made here: only in a model
    /// without a table, with one it is refused.
    pub(crate) fn is_optional(&self) -> bool {
        self.database_made && !self.read
    }

    /// The declaration for rows without a preset on this attribute.
    pub(crate) fn declaration(&self) -> Option<&Declaration> {
        match &self.value {
            Value::Declared { declaration, .. } => *declaration,
            Value::Parent(_) => None,
        }
    }
}

/// The attribute of this name, or else the relation.
fn find(name: &Ident, attributes: &[Attribute<'_>], relations: &[Relation<'_>]) -> Option<Node> {
    let name = name.unraw();
    let attribute = attributes.iter().position(|attribute| attribute.ident.unraw() == name).map(Node::Attribute);
    attribute.or_else(|| relations.iter().position(|relation| relation.ident.unraw() == name).map(Node::Relation))
}
