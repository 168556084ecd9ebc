//! The rules that a factory has to keep, one function each, listed in one function on top.

use super::order::{Use, is_special};
use super::{Attribute, Node, Relation, Value, find, types};
use crate::diagnostics::Diagnostics;
use crate::spec::{Declaration, Item, Source, words};
use std::collections::HashMap;
use syn::ext::IdentExt;
use syn::{Expr, ExprLit, Ident, Lit};

/// As many columns may be left to the database: they are kept track of in the bits of one number.
const OPTIONAL_COLUMNS: usize = 64;

/// Every rule, each of which reports all that it finds.
pub(super) fn all(
    attributes: &[Attribute<'_>],
    relations: &[Relation<'_>],
    uses: &[Use<'_>],
    item: &Item<'_>,
    diagnostics: &Diagnostics,
) {
    mentions_exist(attributes, relations, uses, diagnostics);
    database_made_is_not_read(attributes, uses, item, diagnostics);
    optional_parents_are_not_gone_into(attributes, relations, uses, diagnostics);
    names_are_used_once(attributes, diagnostics);
    columns_are_used_once(attributes, diagnostics);
    optional_columns_are_few(attributes, item, diagnostics);
    skipped_is_no_column(item, diagnostics);
    maybe_fits_its_type(attributes, diagnostics);
    weights_are_not_all_zero(attributes, diagnostics);
    construct_takes_attributes(attributes, relations, item, diagnostics);
    presets_enable_presets(item, diagnostics);
}

/// `lazy(|usernam| ..)`
fn mentions_exist(attributes: &[Attribute<'_>], relations: &[Relation<'_>], uses: &[Use<'_>], diagnostics: &Diagnostics) {
    let mut known: Vec<String> = attributes.iter().map(|attribute| attribute.ident.unraw().to_string()).collect();
    known.extend(relations.iter().map(|relation| relation.ident.unraw().to_string()));
    known.sort();
    known.dedup();
    for one in uses.iter().filter(|one| one.target.is_none() && !is_special(one.word, one.name)) {
        let specials: &[&str] = match one.word {
            "lazy" => &["n", "rng", "now"],
            "format" => &["n"],
            _ => &[],
        };
        let names = known.iter().map(String::as_str).chain(specials.iter().copied());
        let unknown = words::unknown("attribute", &one.name.unraw().to_string(), names);
        diagnostics.error(one.name.span(), format!("`{}` reads an {unknown}", one.word));
    }
}

/// `#[factory(key)] id: i64` beside `lazy(|id| ..)`
fn database_made_is_not_read(attributes: &[Attribute<'_>], uses: &[Use<'_>], item: &Item<'_>, diagnostics: &Diagnostics) {
    if item.options.table.is_none() {
        return;
    }
    for one in uses {
        if one.target.is_some_and(|target| matches!(target, Node::Attribute(i) if attributes[i].database_made)) {
            let (name, word) = (one.name.unraw(), one.word);
            diagnostics.error(one.name.span(), format!("`{word}` reads `{name}`, which the database fills in only after the row is written; give `{name}` a declaration without `database`, so that it is made here"));
        }
    }
}

/// `format("{reviewer.name}")` where there may be no reviewer
fn optional_parents_are_not_gone_into(
    attributes: &[Attribute<'_>],
    relations: &[Relation<'_>],
    uses: &[Use<'_>],
    diagnostics: &Diagnostics,
) {
    for one in uses.iter().filter(|one| one.word == "format") {
        let relation = match one.target {
            Some(Node::Relation(i)) => Some(&relations[i]),
            Some(Node::Attribute(i)) => match attributes[i].value {
                Value::Parent(i) => Some(&relations[i]),
                Value::Declared { .. } => None,
            },
            None => None,
        };
        if relation.is_some_and(|relation| relation.option && (one.goes_into || matches!(one.target, Some(Node::Relation(_))))) {
            let name = one.name.unraw();
            diagnostics.error(one.name.span(), format!("there may be no `{name}` to read from; use `lazy(|{name}| ..)`, which gets an `Option`"));
        }
    }
}

/// `param(title: String)` beside a field `title`
fn names_are_used_once(attributes: &[Attribute<'_>], diagnostics: &Diagnostics) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for attribute in attributes {
        let (name, place) = (attribute.ident.unraw().to_string(), attribute.place.word());
        // Two fields of one name are rustc's to report; setters of one name are reported with the methods.
        let other = seen.insert(name.clone(), place).filter(|other| *other != place);
        if let Some(other) = other.filter(|_| attribute.setter.unraw() != attribute.ident.unraw()) {
            diagnostics.error(attribute.ident.span(), format!("`{name}` is the name of a {other} and of a {place}; choose another name"));
        }
    }
}

/// `#[factory(column = "name")]` on two fields
fn columns_are_used_once(attributes: &[Attribute<'_>], diagnostics: &Diagnostics) {
    let mut seen: HashMap<&str, &Ident> = HashMap::new();
    for attribute in attributes {
        let Some(column) = &attribute.column else { continue };
        let other = seen.insert(column, attribute.ident);
        if let Some(other) = other.filter(|other| other.unraw() != attribute.ident.unraw()) {
            diagnostics.error(attribute.ident.span(), format!("`{}` and `{}` are both stored in the column \"{column}\"; mark one `skip` or name its own: `column = \"..\"`", other.unraw(), attribute.ident.unraw()));
        }
    }
}

fn optional_columns_are_few(attributes: &[Attribute<'_>], item: &Item<'_>, diagnostics: &Diagnostics) {
    let optional = attributes.iter().filter(|attribute| attribute.is_optional()).count();
    if optional > OPTIONAL_COLUMNS {
        diagnostics.error(item.ident.span(), format!("{optional} columns are filled by the database, and {OPTIONAL_COLUMNS} are the most; give some of them a declaration, or leave them out of the struct"));
    }
}

/// `#[factory(skip, key)]`
fn skipped_is_no_column(item: &Item<'_>, diagnostics: &Diagnostics) {
    for field in item.fields.iter().filter(|field| field.skip.is_some()) {
        let column = field.column.as_ref().map(|column| (column.span(), "column = .."));
        let others = [field.key.map(|span| (span, "key")), field.database.map(|span| (span, "database")), column];
        for (span, word) in others.into_iter().flatten() {
            diagnostics.error(span, format!("`{}` is no column, says `skip`, so `{word}` has no meaning here; leave one of the two out", field.ident.unraw()));
        }
    }
}

/// `maybe(0.5, value(1))` on a field that cannot be `None`, or behind another `maybe`
fn maybe_fits_its_type(attributes: &[Attribute<'_>], diagnostics: &Diagnostics) {
    for attribute in attributes {
        for declaration in declarations(attribute) {
            let Source::Maybe(_, inner) = &declaration.source else { continue };
            if types::option(attribute.ty).is_none() {
                diagnostics.error(declaration.span, format!("`maybe` needs a field that can be `None`; make `{}` an `Option`", attribute.ident.unraw()));
            }
            if matches!(inner.source, Source::Maybe(..) | Source::List(..)) {
                diagnostics.error(inner.span, "`maybe` takes a declaration of one value; multiply the probabilities instead of nesting them");
            }
        }
    }
}

/// `weighted([(0, a)])`
fn weights_are_not_all_zero(attributes: &[Attribute<'_>], diagnostics: &Diagnostics) {
    let is_zero = |weight: &Expr| {
        matches!(weight, Expr::Lit(ExprLit { lit: Lit::Int(int), .. }) if int.base10_digits() == "0")
    };
    for declaration in attributes.iter().flat_map(declarations) {
        if matches!(&declaration.source, Source::Weighted(pairs) if pairs.iter().all(|(weight, _)| is_zero(weight))) {
            diagnostics.error(declaration.span, "`weighted` can pick nothing, all its weights are 0");
        }
    }
}

fn declarations<'p>(attribute: &'p Attribute<'_>) -> Vec<&'p Declaration> {
    match &attribute.value {
        Value::Declared { declaration, presets } => {
            declaration.iter().copied().chain(presets.iter().map(|(_, declaration)| *declaration)).collect()
        }
        Value::Parent(_) => Vec::new(),
    }
}

/// `construct = |titel| ..`
fn construct_takes_attributes(
    attributes: &[Attribute<'_>],
    relations: &[Relation<'_>],
    item: &Item<'_>,
    diagnostics: &Diagnostics,
) {
    let Some(construct) = &item.options.construct else { return };
    let known: Vec<String> = attributes.iter().map(|attribute| attribute.ident.unraw().to_string()).collect();
    for param in &construct.params {
        match find(&param.name, attributes, relations) {
            Some(Node::Attribute(_)) => {}
            Some(Node::Relation(_)) => diagnostics.error(param.name.span(), "`construct` takes attributes by value; a parent is read with `lazy`"),
            None => {
                let unknown = words::unknown("attribute", &param.name.unraw().to_string(), known.iter().map(String::as_str));
                diagnostics.error(param.name.span(), format!("`construct` takes an {unknown}"));
            }
        }
    }
}

/// `preset(staff: admn)`, and presets that enable each other in a circle
fn presets_enable_presets(item: &Item<'_>, diagnostics: &Diagnostics) {
    let presets = &item.options.presets;
    let known: Vec<String> = presets.iter().map(|preset| preset.name.unraw().to_string()).collect();
    let find = |name: &Ident| presets.iter().find(|preset| preset.name.unraw() == name.unraw());
    for preset in presets {
        for other in preset.others.iter().filter(|other| find(other).is_none()) {
            let others = known.iter().map(String::as_str).filter(|name| preset.name.unraw() != name);
            let unknown = words::unknown("preset", &other.unraw().to_string(), others);
            diagnostics.error(other.span(), format!("preset `{}` enables an {unknown} To change an attribute: `attribute = declaration`", preset.name));
        }
        let mut path = vec![preset];
        while let Some(next) = path.last().and_then(|last| last.others.iter().find_map(find)) {
            if let Some(start) = path.iter().position(|seen| seen.name == next.name) {
                if start == 0 {
                    let names: Vec<_> = path.iter().chain([&next]).map(|preset| preset.name.unraw().to_string()).collect();
                    diagnostics.error(preset.name.span(), format!("preset `{}` enables itself: {}", preset.name.unraw(), names.join(" -> ")));
                }
                break;
            }
            path.push(next);
        }
    }
}
