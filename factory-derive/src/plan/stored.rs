//! The rules for how things are stored: columns of another type than their field, and in which databases.

use super::{Attribute, Need, Relation, Value, factories};
use crate::diagnostics::Diagnostics;
use crate::spec::{Item, text};
use quote::ToTokens;
use syn::ext::IdentExt;

pub(super) fn all(
    attributes: &[Attribute<'_>],
    relations: &[Relation<'_>],
    item: &Item<'_>,
    diagnostics: &Diagnostics,
) {
    databases_have_a_table(item, diagnostics);
    active_models_have_something_to_fill(attributes, item, diagnostics);
    one_way_to_store(item, diagnostics);
    json_is_a_value(attributes, relations, item, diagnostics);
    lists_are_json(attributes, relations, item, diagnostics);
}

/// `#[factory(on(postgres))]` without a table
fn databases_have_a_table(item: &Item<'_>, diagnostics: &Diagnostics) {
    if let Some(on) = item.options.on.as_ref().filter(|_| !item.options.table.is_some()) {
        diagnostics.error(on.span, "`on` says which databases store a model in its table, and there is none; add `table = \"..\"`, or leave `on` out");
    }
}

/// `#[factory(active_model = ActiveModel)]` without a table, or where the factory fills everything itself
fn active_models_have_something_to_fill(attributes: &[Attribute<'_>], item: &Item<'_>, diagnostics: &Diagnostics) {
    let Some((span, _)) = item.options.active_model else { return };
    if !item.options.table.is_some() {
        diagnostics.error(span, "`active_model` fills columns of a table, and there is none; add `table = \"..\"`, or leave `active_model` out");
    } else if !attributes.iter().any(Attribute::is_optional) {
        diagnostics.error(span, "`active_model` fills what is left to the database, and nothing is; mark a field `#[factory(database)]`, or leave `active_model` out");
    }
}

/// `#[factory(as(String), json)]`
fn one_way_to_store(item: &Item<'_>, diagnostics: &Diagnostics) {
    for field in &item.fields {
        if let (Some(_), Some(json)) = (&field.stored_as, field.json) {
            let name = field.ident.unraw();
            diagnostics.error(json, format!("`as` and `json` both say how `{name}` is stored; leave one out"));
        }
    }
}

/// `#[factory(json, sub_factory(AddressFactory))] address: Address`
fn json_is_a_value(
    attributes: &[Attribute<'_>],
    relations: &[Relation<'_>],
    item: &Item<'_>,
    diagnostics: &Diagnostics,
) {
    for (attribute, json) in written(attributes, item, |field| field.json) {
        let Value::Parent(i) = attribute.value else { continue };
        if matches!(relations[i].need, Need::Whole) {
            let (name, factory) =
                (attribute.ident.unraw(), text(factories::written(relations[i].factory).to_token_stream()));
            diagnostics.error(json, format!("`json` stores values, and the parent `{name}` is stored as its key; leave `json` out, or make `{name}` by `value({factory}::new().build())`"));
        }
    }
}

/// `#[factory(as(String), list(ItemFactory, 3))]`
fn lists_are_json(
    attributes: &[Attribute<'_>],
    relations: &[Relation<'_>],
    item: &Item<'_>,
    diagnostics: &Diagnostics,
) {
    for (attribute, span) in written(attributes, item, |field| field.stored_as.as_ref().map(|(span, _)| *span)) {
        let Value::Parent(i) = attribute.value else { continue };
        if relations[i].is_list() {
            diagnostics.error(span, "a `list` is stored as JSON or not at all; write `json`, or leave `as` out");
        }
    }
}

/// The attributes of fields where a word was written, and where it stands.
fn written<'p, 'a, T: 'p>(
    attributes: &'p [Attribute<'a>],
    item: &'p Item<'_>,
    word: impl Fn(&crate::spec::Field<'_>) -> Option<T> + 'p,
) -> impl Iterator<Item = (&'p Attribute<'a>, T)> {
    attributes.iter().filter_map(move |attribute| {
        let field = item.fields.iter().find(|field| field.ident == attribute.ident)?;
        Some((attribute, word(field)?))
    })
}
