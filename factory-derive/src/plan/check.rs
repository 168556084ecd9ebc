//! The rules that a factory has to keep, one function each, listed in one function on top.

use super::names::Names;
use super::order::Use;
use super::{Attribute, Node, Relation, Value, endless, factories, find, held, mentions, stored, tables, types};
use crate::diagnostics::Diagnostics;
use crate::spec::{self, Declaration, Item, Source, text, words};
use quote::ToTokens;
use std::collections::HashMap;
use syn::ext::IdentExt;
use syn::{Expr, ExprLit, ExprUnary, Ident, Lit, UnOp};

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
    mentions::exist(attributes, relations, uses, diagnostics);
    database_made_is_not_read(attributes, uses, item, diagnostics);
    optional_parents_are_not_gone_into(attributes, relations, uses, diagnostics);
    columns_are_used_once(attributes, item, diagnostics);
    optional_columns_are_few(attributes, item, diagnostics);
    skipped_is_no_column(item, diagnostics);
    tables::all(item, diagnostics);
    held::is_a_value(attributes, diagnostics);
    held::parents_are_models(attributes, relations, diagnostics);
    stored::all(attributes, relations, item, diagnostics);
    maybe_fits_its_type(attributes, diagnostics);
    probabilities_are_possible(item, diagnostics);
    weights_are_not_all_zero(item, diagnostics);
    factory_is_not_the_struct(item, diagnostics);
    parents_are_not_their_own_factories(attributes, relations, diagnostics);
    construct_takes_attributes(attributes, relations, item, diagnostics);
    enabled_presets_exist(attributes, relations, item, diagnostics);
    presets_do_not_enable_themselves(item, diagnostics);
    endless::check(item, diagnostics);
}

/// The names of all attributes and relations, as they were declared.
pub(super) fn known(attributes: &[Attribute<'_>], relations: &[Relation<'_>]) -> Vec<String> {
    let names =
        attributes.iter().map(|attribute| attribute.ident).chain(relations.iter().map(|relation| &relation.ident));
    let mut known = Vec::new();
    for name in names.map(|name| name.unraw().to_string()) {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    known
}

/// `#[factory(key)] id: i64` beside `lazy(|id| ..)`
fn database_made_is_not_read(
    attributes: &[Attribute<'_>],
    uses: &[Use<'_>],
    item: &Item<'_>,
    diagnostics: &Diagnostics,
) {
    if !item.options.table.is_some() {
        return;
    }
    for one in uses {
        let Some(Node::Attribute(i)) = one.target else { continue };
        if attributes[i].database_made {
            let (name, word) = (one.name.unraw(), one.word);
            let remedy = if attributes[i].key {
                format!("read `n`, or have the key made here, e.g. `#[factory(key, sequence)]` on `{name}`")
            } else {
                format!("leave `database` out at `{name}`, so that it is made here")
            };
            diagnostics.error(
                one.name.span(),
                format!("`{word}` reads `{name}`, which is known only after the database has stored the row; {remedy}"),
            );
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
        if relation
            .is_some_and(|relation| relation.option && (one.goes_into || matches!(one.target, Some(Node::Relation(_)))))
        {
            let name = one.name.unraw();
            diagnostics.error(
                one.name.span(),
                format!("there may be no `{name}` to read from; write `lazy(|{name}| ..)`, which gets an `Option`"),
            );
        }
    }
}

/// `#[factory(column = "name")]` on two fields
fn columns_are_used_once(attributes: &[Attribute<'_>], item: &Item<'_>, diagnostics: &Diagnostics) {
    let mut seen: HashMap<&str, &Attribute<'_>> = HashMap::new();
    // Where the column's name was written, it is easier to change than where it is the field's own.
    let written = |attribute: &Attribute<'_>| {
        let field = item.fields.iter().find(|field| field.ident == attribute.ident)?;
        field.column.as_ref().map(syn::LitStr::span)
    };
    for attribute in attributes {
        let Some(column) = &attribute.column else { continue };
        let Some(other) = seen.insert(column, attribute) else { continue };
        let (first, second) = (other.ident.unraw(), attribute.ident.unraw());
        if first != second {
            let span = written(attribute).or_else(|| written(other)).unwrap_or(attribute.ident.span());
            diagnostics.error(span, format!("`{first}` and `{second}` are both stored in the column \"{column}\"; give one of them a column of its own, or mark it `skip`"));
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
        let others = [
            field.key.map(|span| (span, "key")),
            field.database.map(|span| (span, "database")),
            column,
            field.stored_as.as_ref().map(|(span, _)| (*span, "as(..)")),
            field.json.map(|span| (span, "json")),
            field.secret.map(|span| (span, "secret")),
        ];
        for (span, word) in others.into_iter().flatten() {
            diagnostics.error(
                span,
                format!(
                    "`skip` says that `{}` is no column, and `{word}` that it is one; leave one of the two out",
                    field.ident.unraw()
                ),
            );
        }
    }
}

/// `maybe(0.5, value(1))` on a field that cannot be `None`, or behind another `maybe`
fn maybe_fits_its_type(attributes: &[Attribute<'_>], diagnostics: &Diagnostics) {
    for attribute in attributes {
        for declaration in declarations(attribute) {
            let Source::Maybe(_, inner) = &declaration.source else { continue };
            if types::option(attribute.ty).is_none() {
                let (name, place) = (attribute.ident.unraw(), attribute.place.word());
                diagnostics.error(
                    declaration.span,
                    format!("`maybe` needs a {place} that can be `None`; make `{name}` an `Option`"),
                );
            }
            match &inner.source {
                Source::Maybe(..) => diagnostics.error(inner.span, "`maybe` stands in a `maybe`; write one, with the product of the two probabilities"),
                Source::List(..) => diagnostics.error(inner.span, "`maybe` takes a declaration of one value, and `list` makes many; leave `maybe` out, and override the list at the call"),
                _ => {}
            }
        }
    }
}

/// `maybe(30, ..)`
fn probabilities_are_possible(item: &Item<'_>, diagnostics: &Diagnostics) {
    for declaration in written(item) {
        let Source::Maybe(probability, _) = &declaration.source else { continue };
        let (negative, expr) = match probability {
            Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => (true, &**expr),
            expr => (false, expr),
        };
        let is_possible = match expr {
            Expr::Lit(ExprLit { lit: Lit::Float(float), .. }) => {
                !negative && float.base10_parse::<f64>().is_ok_and(|float| float <= 1.0)
            }
            // A whole number is none: `1` would be `1.0`, and is no `maybe` at all.
            Expr::Lit(_) => false,
            _ => true,
        };
        if !is_possible {
            diagnostics.error(
                probability,
                "`maybe` takes a probability between `0.0` and `1.0`; for a third of the rows write `maybe(0.33, ..)`",
            );
        }
    }
}

/// `weighted([(0, a)])`
fn weights_are_not_all_zero(item: &Item<'_>, diagnostics: &Diagnostics) {
    let is_zero =
        |weight: &Expr| matches!(weight, Expr::Lit(ExprLit { lit: Lit::Int(int), .. }) if int.base10_digits() == "0");
    for declaration in written(item) {
        if matches!(&declaration.source, Source::Weighted(pairs) if pairs.iter().all(|(weight, _)| is_zero(weight))) {
            diagnostics.error(
                declaration.span,
                "`weighted` can pick nothing, because all weights are 0; make one of them larger",
            );
        }
    }
}

/// `#[factory(model = app::User)] struct UserFactory`
fn factory_is_not_the_struct(item: &Item<'_>, diagnostics: &Diagnostics) {
    let factory = Names::of(item).factory;
    if factory.unraw() == item.ident.unraw() {
        let message = format!(
            "the struct and its factory are both called `{factory}`; rename the struct, or give the factory another name: `name = OtherFactory`"
        );
        diagnostics.error(factory.span(), message);
    }
}

/// `#[factory(sub_factory(User))] author: User`. Where the field holds a key, only types show it: see `factories`.
fn parents_are_not_their_own_factories(
    attributes: &[Attribute<'_>],
    relations: &[Relation<'_>],
    diagnostics: &Diagnostics,
) {
    for attribute in attributes {
        let Value::Parent(i) = attribute.value else { continue };
        let Some(factory) = factories::asked(relations[i].factory) else { continue };
        let held = relations[i].held.or_else(|| types::listed(attribute.ty));
        let text = text(factory.to_token_stream());
        if held.is_some_and(|held| spec::text(held.to_token_stream()) == text) {
            diagnostics.error(factory, format!("`{text}` is the model itself; name the factory that makes it: `#[derive(Factory)]` on `{text}` makes `{text}Factory`"));
        }
    }
}

/// Every declaration of a struct, those within `maybe` included.
fn written<'i>(item: &'i Item<'_>) -> impl Iterator<Item = &'i Declaration> {
    let options = &item.options;
    let extras = options.params.iter().chain(&options.columns).map(|extra| &extra.declaration);
    let fields = item.fields.iter().filter_map(|field| field.declaration.as_ref());
    let presets = options.presets.iter().flat_map(|preset| preset.changes.iter().map(|(_, declaration)| declaration));
    extras.chain(fields).chain(presets).flat_map(|declaration| {
        std::iter::successors(Some(declaration), |declaration| match &declaration.source {
            Source::Maybe(_, inner) => Some(&**inner),
            _ => None,
        })
    })
}

pub(super) fn declarations<'p>(attribute: &'p Attribute<'_>) -> Vec<&'p Declaration> {
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
    let known = known(attributes, &[]);
    for param in &construct.params {
        let name = param.name.unraw().to_string();
        match find(&param.name, attributes, relations) {
            Some(Node::Attribute(_)) => {}
            Some(Node::Relation(_)) => diagnostics.error(param.name.span(), format!("`construct` takes attributes, and `{name}` is a parent; declare a param with `lazy(|{name}| ..)` and take that")),
            None if diagnostics.is_doubtful(&name) => {}
            None => {
                let unknown = words::unknown("attribute", &name, &known.iter().map(String::as_str).collect::<Vec<_>>());
                diagnostics.error(param.name.span(), format!("`construct` takes an {unknown}"));
            }
        }
    }
}

/// `preset(staff: admn)`
fn enabled_presets_exist(
    attributes: &[Attribute<'_>],
    relations: &[Relation<'_>],
    item: &Item<'_>,
    diagnostics: &Diagnostics,
) {
    let presets = &item.options.presets;
    for preset in presets {
        let others =
            presets.iter().map(|other| other.name.unraw().to_string()).filter(|name| preset.name.unraw() != name);
        let others: Vec<String> = others.collect();
        for other in preset.others.iter().filter(|other| preset_of(item, other).is_none()) {
            let (name, text) = (preset.name.unraw(), other.unraw().to_string());
            if find(other, attributes, relations).is_some() {
                diagnostics.error(other.span(), format!("`{text}` is an attribute, not a preset that `{name}` could enable; to change it write `{text} = value(expression)`"));
            } else if !diagnostics.is_doubtful(&text) {
                let unknown = words::unknown("preset", &text, &others.iter().map(String::as_str).collect::<Vec<_>>());
                diagnostics.error(other.span(), format!("preset `{name}` enables an {unknown}"));
            }
        }
    }
}

/// `preset(staff: admin), preset(admin: staff)`
fn presets_do_not_enable_themselves(item: &Item<'_>, diagnostics: &Diagnostics) {
    let mut done = Vec::new();
    for preset in 0..item.options.presets.len() {
        if !done.contains(&preset) {
            enable(preset, &mut Vec::new(), &mut done, item, diagnostics);
        }
    }
}

/// Walks into every preset that this one enables; what is on the path already closes a circle.
fn enable<'i>(
    preset: usize,
    path: &mut Vec<(usize, &'i Ident)>,
    done: &mut Vec<usize>,
    item: &'i Item<'_>,
    diagnostics: &Diagnostics,
) {
    for other in &item.options.presets[preset].others {
        let Some(next) = preset_of(item, other) else { continue };
        path.push((preset, other));
        if let Some(start) = path.iter().position(|(seen, _)| *seen == next) {
            let names: Vec<_> =
                path[start..].iter().map(|(seen, _)| item.options.presets[*seen].name.unraw().to_string()).collect();
            let first = &names[0];
            let circle = if names.len() > 1 { format!(": {} -> {first}", names.join(" -> ")) } else { String::new() };
            diagnostics.error(
                path[start].1.span(),
                format!("preset `{first}` enables itself{circle}; leave `{}` out", path[start].1),
            );
        } else if !done.contains(&next) {
            enable(next, path, done, item, diagnostics);
        }
        path.pop();
    }
    done.push(preset);
}

fn preset_of(item: &Item<'_>, name: &Ident) -> Option<usize> {
    item.options.presets.iter().position(|preset| preset.name.unraw() == name.unraw())
}
