//! Names of what is generated, and what they may not collide with.

use super::{Attribute, Place, Relation, Value};
use crate::diagnostics::Diagnostics;
use crate::spec::{Item, identifier};
use quote::format_ident;
use std::collections::{HashMap, HashSet};
use syn::ext::IdentExt;
use syn::{Ident, Path, parse_quote};

/// The methods that every factory has. A setter of the same name would hide them.
pub(crate) const METHODS: &[&str] = &[
    "attributes",
    "attributes_as",
    "build",
    "build_batch",
    "clone",
    "coverage",
    "create",
    "create_batch",
    "create_graph",
    "new",
    "recycle",
    "recycle_among",
    "share",
    "share_all",
    "times",
];
/// The names that all of the generated code shares.
pub(crate) struct Names {
    pub(crate) factory: Ident,
    pub(crate) krate: Path,
}

impl Names {
    pub(crate) fn of(item: &Item<'_>) -> Self {
        let model = item.options.model.as_ref().and_then(|path| path.segments.last());
        let model = model.map_or(item.ident, |segment| &segment.ident);
        let named = || format_ident!("{}Factory", model.unraw(), span = model.span());
        let factory = item.options.name.clone().unwrap_or_else(named);
        let krate = item.options.krate.clone().unwrap_or_else(|| parse_quote!(::manufactory));
        Self { factory, krate }
    }
}

/// A relation's name: the field's, without `_id`. `None` where that is no name, as with `crate_id`.
pub(crate) fn relation(attribute: &Ident) -> Option<Ident> {
    let name = attribute.unraw().to_string();
    match name.strip_suffix("_id").filter(|stem| !stem.is_empty()) {
        Some(stem) => identifier(stem, attribute.span()),
        None => Some(attribute.clone()),
    }
}

/// The methods that a relation gives the factory.
pub(crate) fn relation_setters(relation: &Relation<'_>) -> Vec<Ident> {
    if relation.is_list() {
        return Vec::new();
    }
    let (name, span) = (relation.ident.unraw(), relation.ident.span());
    let mut setters = vec![
        relation.ident.clone(),
        format_ident!("{name}_with", span = span),
        format_ident!("{name}_among", span = span),
    ];
    if relation.option {
        setters.push(format_ident!("without_{name}", span = span));
    }
    setters
}

/// Whether an attribute has a setter of its own: the key of a parent that others read has none, nor has a whole parent.
pub(crate) fn has_setter(attribute: &Attribute<'_>, relations: &[Relation<'_>]) -> bool {
    match attribute.value {
        Value::Declared { .. } => true,
        Value::Parent(relation) => {
            let relation = &relations[relation];
            relation.is_list() || relation.takes_key() && attribute.setter.unraw() != relation.ident.unraw()
        }
    }
}

/// Who wants a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Attribute(Place),
    Relation,
    Children,
    Preset,
}

impl Owner {
    fn word(self) -> &'static str {
        match self {
            Self::Attribute(place) => place.word(),
            Self::Relation => "relation",
            Self::Children => "kind of children",
            Self::Preset => "preset",
        }
    }

    fn remedy(self) -> String {
        match self {
            Self::Attribute(Place::Field) => {
                "give this setter another name: `#[factory(setter = other_name)]`".to_owned()
            }
            Self::Relation => "give the relation another name: `sub_factory(.., name = other_name)`".to_owned(),
            Self::Children => "give the children another name".to_owned(),
            Self::Attribute(_) | Self::Preset => format!("give this {} another name", self.word()),
        }
    }
}

/// Reports names and methods that would stand twice on the factory, and methods that would hide one that every factory has.
pub(super) fn check(
    attributes: &[Attribute<'_>],
    relations: &[Relation<'_>],
    item: &Item<'_>,
    diagnostics: &Diagnostics,
) {
    let mut reported = HashSet::new();
    for claims in [named(attributes, relations, item), methods(attributes, relations, item)] {
        let mut taken: HashMap<String, Owner> = HashMap::new();
        for (name, owner) in claims {
            let text = name.unraw().to_string();
            let (word, remedy) = (owner.word(), owner.remedy());
            if METHODS.contains(&text.as_str()) {
                if reported.insert(text.clone()) {
                    diagnostics.error(
                        name.span(),
                        format!(
                            "`{text}` is a method of every factory, and the {word} `{text}` would hide it; {remedy}"
                        ),
                    );
                }
            } else if let Some(other) = taken.insert(text.clone(), owner) {
                if reported.insert(text.clone()) {
                    let both = match (other, owner) {
                        (Owner::Attribute(Place::Field), Owner::Attribute(Place::Field)) => "two setters".to_owned(),
                        (Owner::Children, Owner::Children) => "two kinds of children".to_owned(),
                        _ if other == owner => format!("two {word}s"),
                        _ => format!("a {} and of a {word}", other.word()),
                    };
                    diagnostics.error(name.span(), format!("`{text}` is the name of {both}; {remedy}"));
                }
            }
        }
    }
}

/// The names by which attributes and relations read each other. Of two that clash, the later one is easier to rename.
fn named(attributes: &[Attribute<'_>], relations: &[Relation<'_>], item: &Item<'_>) -> Vec<(Ident, Owner)> {
    // A field that holds a whole parent shares the relation's name, and means the same.
    let shared = |attribute: &Attribute<'_>| matches!(attribute.value, Value::Parent(relation) if relations[relation].ident.unraw() == attribute.ident.unraw());
    let attributes = fields_first(attributes).filter(|attribute| !shared(attribute));
    let mut claims: Vec<_> =
        attributes.map(|attribute| (attribute.ident.clone(), Owner::Attribute(attribute.place))).collect();
    claims.extend(relations.iter().map(|relation| (relation.ident.clone(), Owner::Relation)));
    claims.extend(item.options.children.iter().map(|children| (children.name.clone(), Owner::Children)));
    // What every factory has is hidden by methods, not by names.
    claims.retain(|(name, _)| !METHODS.contains(&name.unraw().to_string().as_str()));
    claims
}

/// The methods that they make.
fn methods(attributes: &[Attribute<'_>], relations: &[Relation<'_>], item: &Item<'_>) -> Vec<(Ident, Owner)> {
    let setters = fields_first(attributes).filter(|attribute| has_setter(attribute, relations));
    let mut claims: Vec<_> =
        setters.map(|attribute| (attribute.setter.clone(), Owner::Attribute(attribute.place))).collect();
    claims.extend(relations.iter().flat_map(relation_setters).map(|name| (name, Owner::Relation)));
    claims.extend(item.options.children.iter().map(|children| (children.name.clone(), Owner::Children)));
    claims.extend(item.options.presets.iter().map(|preset| (preset.name.clone(), Owner::Preset)));
    claims
}

fn fields_first<'p, 'a>(attributes: &'p [Attribute<'a>]) -> impl Iterator<Item = &'p Attribute<'a>> {
    let (fields, others): (Vec<_>, Vec<_>) = attributes.iter().partition(|attribute| attribute.place == Place::Field);
    fields.into_iter().chain(others)
}
