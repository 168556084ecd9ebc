//! Names of what is generated, and what they may not collide with.

use super::{Attribute, Relation, Value};
use crate::diagnostics::Diagnostics;
use crate::spec::Item;
use proc_macro2::Span;
use quote::format_ident;
use std::collections::HashMap;
use syn::ext::IdentExt;
use syn::{Ident, Path, parse_quote};

/// The methods that every factory has. A setter of the same name would hide them.
pub(crate) const METHODS: &[&str] = &[
    "build", "build_batch", "clone", "create", "create_batch", "new", "times",
];

/// The names that all of the generated code shares.
pub(crate) struct Names {
    pub(crate) factory: Ident,
    pub(crate) krate: Path,
}

impl Names {
    pub(crate) fn of(item: &Item<'_>) -> Self {
        let factory = format_ident!("{}Factory", item.ident.unraw(), span = item.ident.span());
        let krate = item.options.krate.clone().unwrap_or_else(|| parse_quote!(::manufactory));
        Self { factory, krate }
    }
}

/// A relation's name: the field's, without `_id`.
pub(crate) fn relation(attribute: &Ident, span: Span) -> Ident {
    let name = attribute.unraw().to_string();
    match name.strip_suffix("_id").filter(|stem| !stem.is_empty()) {
        Some(stem) => raw(stem, span),
        None => attribute.clone(),
    }
}

/// An identifier of this text, raw where the text is a keyword.
pub(crate) fn raw(text: &str, span: Span) -> Ident {
    let mut ident = syn::parse_str::<Ident>(text).unwrap_or_else(|_| Ident::new_raw(text, span));
    ident.set_span(span);
    ident
}

/// The methods that a relation gives the factory.
pub(crate) fn relation_setters(relation: &Relation<'_>) -> Vec<Ident> {
    if relation.is_list() {
        return Vec::new();
    }
    let (name, span) = (relation.ident.unraw(), relation.ident.span());
    let mut setters = vec![relation.ident.clone(), format_ident!("{name}_with", span = span)];
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

/// Reports methods that would stand twice on the factory, or hide one that every factory has.
pub(super) fn check(attributes: &[Attribute<'_>], relations: &[Relation<'_>], item: &Item<'_>, diagnostics: &Diagnostics) {
    let mut taken: HashMap<String, &'static str> = HashMap::new();
    let mut take = |ident: &Ident, what: &'static str| {
        let name = ident.unraw().to_string();
        if METHODS.contains(&name.as_str()) {
            let remedy = match what {
                "field" => format!("say `#[factory(setter = other_name)]` on the field, e.g. `setter = {name}_value`"),
                "relation" => "give the relation another name: `sub_factory(.., name = other_name)`".to_owned(),
                _ => "choose another name".to_owned(),
            };
            diagnostics.error(ident.span(), format!("`{name}` is a method of every factory, and a {what} of this name would hide it; {remedy}"));
        } else if let Some(other) = taken.insert(name.clone(), what) {
            let remedy = match what {
                "relation" => "give the relation another name: `sub_factory(.., name = other_name)`",
                "field" => "say `#[factory(setter = other_name)]` on the field",
                _ => "choose another name",
            };
            let and = if other == what { format!("two {what}s") } else { format!("a {other} and a {what}") };
            diagnostics.error(ident.span(), format!("`{name}` is the name of {and}, which would share a method; {remedy}"));
        }
    };
    for attribute in attributes.iter().filter(|attribute| has_setter(attribute, relations)) {
        take(attribute.setter, attribute.place.word());
    }
    for relation in relations {
        for setter in relation_setters(relation) {
            take(&setter, "relation");
        }
    }
    for preset in &item.options.presets {
        take(&preset.name, "preset");
    }
}
