//! Get or create: by which attributes rows are looked for, and that nothing has to be made before. Decides their place in
//! the order.

use super::order::Use;
use super::{Attribute, Lookup, Need, Node, Place, Relation, Value};
use crate::diagnostics::Diagnostics;
use crate::spec::{Item, words};
use std::collections::HashSet;
use syn::ext::IdentExt;

/// The attributes that are evaluated before all others: those by which rows are looked for, and what a model that was found
/// needs besides its columns. `None` after a mistake.
pub(super) fn early(attributes: &[Attribute<'_>], item: &Item<'_>, diagnostics: &Diagnostics) -> Option<Vec<usize>> {
    let Some((span, names)) = &item.options.get_or_create else { return Some(Vec::new()) };
    if !item.options.table.is_some() && attributes.iter().all(|attribute| attribute.column.is_none()) {
        diagnostics.error(*span, "`get_or_create` looks for rows, and this model has no columns; leave it out");
        return None;
    }
    let mut early = Vec::new();
    for name in names {
        let found = attributes.iter().position(|attribute| attribute.ident.unraw() == name.unraw());
        let text = name.unraw().to_string();
        match found.map(|i| (i, &attributes[i])) {
            None if diagnostics.is_doubtful(&text) => return None,
            None => {
                let known = attributes.iter().filter(|attribute| attribute.column.is_some());
                let known: Vec<_> = known.map(|attribute| attribute.ident.unraw().to_string()).collect();
                let known: Vec<_> = known.iter().map(String::as_str).collect();
                diagnostics.error(
                    name.span(),
                    format!("`get_or_create` takes an {}", words::unknown("attribute", &text, &known)),
                );
                return None;
            }
            Some((_, attribute)) if attribute.column.is_none() => {
                diagnostics.error(
                    name.span(),
                    format!("`{text}` is no column, and rows are looked for by columns; name another attribute"),
                );
                return None;
            }
            Some((_, attribute)) if attribute.database_made => {
                diagnostics.error(name.span(), format!("`{text}` is made by the database, so no row can be looked for by it; name another attribute, or declare how `{text}` is made"));
                return None;
            }
            Some((i, _)) => early.push(i),
        }
    }
    early.extend((0..attributes.len()).filter(|i| is_needed(&attributes[*i], item)));
    Some(early)
}

/// Whether a model needs it that is read from a row: it is no column, and goes into the model.
fn is_needed(attribute: &Attribute<'_>, item: &Item<'_>) -> bool {
    let goes_in = match &item.options.construct {
        Some(closure) => closure.params.iter().any(|param| param.name.unraw() == attribute.ident.unraw()),
        None => attribute.place == Place::Field,
    };
    goes_in && attribute.column.is_none()
}

/// `get_or_create(code)` beside a field that holds a whole parent: a row that is found does not bring it along
pub(super) fn needs_no_parent(
    attributes: &[Attribute<'_>],
    relations: &[Relation<'_>],
    uses: &[Use<'_>],
    item: &Item<'_>,
    diagnostics: &Diagnostics,
) {
    let Some((span, names)) = &item.options.get_or_create else { return };
    let looked = |attribute: &Attribute<'_>| names.iter().any(|name| name.unraw() == attribute.ident.unraw());
    for (i, attribute) in attributes.iter().enumerate() {
        let holds = match attribute.value {
            Value::Parent(i) => {
                matches!(relations[i].need, Need::Whole | Need::List(_)) && attribute.place == Place::Field
            }
            Value::Declared { .. } => false,
        };
        let reads =
            is_needed(attribute, item) && reaches_parent(Node::Attribute(i), attributes, uses, &mut HashSet::new());
        if (holds || reads) && !looked(attribute) {
            let name = attribute.ident.unraw();
            diagnostics.error(*span, format!("a row that is there already does not bring its `{name}` along, which is no column; hold the key instead of the model, or leave `get_or_create` out"));
        }
    }
}

fn reaches_parent(node: Node, attributes: &[Attribute<'_>], uses: &[Use<'_>], seen: &mut HashSet<Node>) -> bool {
    let parent = match node {
        Node::Relation(_) => true,
        Node::Attribute(i) => matches!(attributes[i].value, Value::Parent(_)),
    };
    if parent || !seen.insert(node) {
        return parent;
    }
    let mut next = uses.iter().filter(|one| one.by == Some(node)).filter_map(|one| one.target);
    next.any(|target| reaches_parent(target, attributes, uses, seen))
}

/// The place of the lookup: after the last stage that fills one of its attributes.
pub(super) fn plan(attributes: &[Attribute<'_>], stages: &[Vec<usize>], item: &Item<'_>) -> Option<Lookup> {
    let (_, names) = item.options.get_or_create.as_ref()?;
    let looked = |attribute: &Attribute<'_>| names.iter().any(|name| name.unraw() == attribute.ident.unraw());
    let looked: Vec<_> = (0..attributes.len()).filter(|i| looked(&attributes[*i])).collect();
    let needed = (0..attributes.len()).filter(|i| is_needed(&attributes[*i], item));
    let stage = looked.iter().copied().chain(needed).map(|i| match attributes[i].value {
        // Settled at the end of the stage before.
        Value::Parent(relation) => relation + 1,
        Value::Declared { .. } => stages.iter().position(|stage| stage.contains(&i)).unwrap_or(0),
    });
    Some(Lookup { stage: stage.max().unwrap_or(0), attributes: looked })
}
