//! From what was written to attributes, relations and presets. Reports what cannot be one of them.

use super::types::{self, Wrapper};
use super::{Attribute, Made, Need, Node, Place, Preset, Relation, Value, find, names};
use crate::diagnostics::Diagnostics;
use crate::spec::{Declaration, Extra, Field, Item, Source, SubFactory, words};
use syn::ext::IdentExt;
use syn::{Attribute as Attr, Ident, Type};

#[derive(Default)]
pub(super) struct Gathered<'a> {
    pub(super) attributes: Vec<Attribute<'a>>,
    pub(super) relations: Vec<Relation<'a>>,
    pub(super) presets: Vec<Preset<'a>>,
}

/// Params first, then fields, then further columns: the order in which they are evaluated where nothing else decides.
pub(super) fn all<'a>(item: &'a Item<'a>, diagnostics: &Diagnostics) -> Gathered<'a> {
    let mut all = Gathered::default();
    for param in &item.options.params {
        all.extra(param, Place::Param, diagnostics);
    }
    for field in &item.fields {
        all.field(field, item.options.table.is_some(), diagnostics);
    }
    for column in &item.options.columns {
        all.extra(column, Place::Column, diagnostics);
    }
    for (preset, number) in item.options.presets.iter().zip(1..) {
        all.presets.push(Preset { name: &preset.name, number, others: &preset.others });
        for (attribute, declaration) in &preset.changes {
            all.change(attribute, declaration, number, &preset.name, diagnostics);
        }
    }
    all
}

impl<'a> Gathered<'a> {
    fn field(&mut self, field: &'a Field<'a>, stored: bool, diagnostics: &Diagnostics) {
        let value = self.value(field.ident, Some(field.ty), field.declaration.as_ref(), &field.docs, diagnostics);
        let column = field.column.as_ref().map_or_else(|| field.ident.unraw().to_string(), syn::LitStr::value);
        let mut attribute = Attribute {
            ident: field.ident,
            ty: field.ty,
            setter: field.setter.as_ref().unwrap_or(field.ident),
            docs: &field.docs,
            place: Place::Field,
            value,
            key: field.key.is_some(),
            database_made: field.skip.is_none() && (field.database.is_some() || field.key.is_some() && field.declaration.is_none()),
            column: Some(column),
            read: false,
        };
        if let Value::Parent(relation) = attribute.value {
            match self.relations[relation].need {
                Need::List(_) => attribute.column = None,
                // A whole parent is stored as its key; in a model without a table it is just a value.
                Need::Whole if stored && field.column.is_none() => attribute.column = Some(format!("{}_id", field.ident.unraw())),
                Need::Whole if !stored => attribute.column = None,
                _ => {}
            }
        }
        if field.skip.is_some() {
            attribute.column = None;
        }
        self.attributes.push(attribute);
    }

    fn extra(&mut self, extra: &'a Extra, place: Place, diagnostics: &Diagnostics) {
        let value = self.value(&extra.name, extra.ty.as_ref(), Some(&extra.declaration), &[], diagnostics);
        // A parent without a type is a relation only.
        let Some(ty) = &extra.ty else { return };
        let value = match (value, &extra.declaration.source) {
            (Value::Declared { presets, .. }, Source::Auto) => Value::Declared { declaration: None, presets },
            (value, _) => value,
        };
        let column = (place == Place::Column).then(|| extra.name.unraw().to_string());
        let (ident, setter, docs) = (&extra.name, &extra.name, &[] as &[&Attr]);
        self.attributes.push(Attribute { ident, ty, setter, docs, place, value, key: false, database_made: false, column, read: false });
    }

    fn value(
        &mut self,
        ident: &'a Ident,
        ty: Option<&'a Type>,
        declaration: Option<&'a Declaration>,
        docs: &'a [&'a Attr],
        diagnostics: &Diagnostics,
    ) -> Value<'a> {
        let relation = match declaration.map(|declaration| (declaration, &declaration.source)) {
            Some((_, Source::List(factory, count))) => Relation {
                ident: ident.clone(),
                factory,
                need: Need::List(count),
                held: None,
                wrapper: Wrapper::Plain,
                option: false,
                made: Made::Always,
                with: None,
                presets: Vec::new(),
                docs,
            },
            Some((declaration, _)) if declaration.sub_factory().is_some() => parent(ident, ty, declaration, docs, diagnostics),
            _ => return Value::Declared { declaration, presets: Vec::new() },
        };
        self.relations.push(relation);
        Value::Parent(self.relations.len() - 1)
    }

    fn change(&mut self, name: &Ident, declaration: &'a Declaration, number: u16, preset: &Ident, diagnostics: &Diagnostics) {
        let node = find(name, &self.attributes, &self.relations);
        let relation = match node {
            Some(Node::Attribute(i)) => match &mut self.attributes[i].value {
                Value::Parent(relation) => *relation,
                Value::Declared { presets, .. } => {
                    if declaration.sub_factory().is_some() || matches!(declaration.source, Source::List(..)) {
                        diagnostics.error(declaration.span, format!("`{name}` is no relation; declare its field with `sub_factory` for a preset to change the parent"));
                    } else if presets.iter().any(|(other, _)| *other == number) {
                        diagnostics.error(name.span(), format!("preset `{preset}` changes `{name}` twice; leave one out"));
                    } else {
                        presets.push((number, declaration));
                    }
                    return;
                }
            },
            Some(Node::Relation(relation)) => relation,
            None => {
                let known: Vec<_> = self.attributes.iter().map(|attribute| attribute.ident.unraw().to_string()).collect();
                let unknown = words::unknown("attribute", &name.unraw().to_string(), known.iter().map(String::as_str));
                diagnostics.error(name.span(), format!("preset `{preset}` changes an {unknown}"));
                return;
            }
        };
        let relation = &mut self.relations[relation];
        match declaration.sub_factory() {
            Some(sub) if sub.name.is_none() && sub.key.is_none() && !relation.is_list() => {
                relation.presets.push((number, made(declaration, sub), sub.with.as_ref()));
            }
            _ => diagnostics.error(
                declaration.span,
                format!("`{name}` is a relation; a preset can change how its parent is made, with `sub_factory(Factory, optional, with = ..)`, and nothing else"),
            ),
        }
    }
}

fn parent<'a>(
    ident: &'a Ident,
    ty: Option<&'a Type>,
    declaration: &'a Declaration,
    docs: &'a [&'a Attr],
    diagnostics: &Diagnostics,
) -> Relation<'a> {
    // The caller has asked.
    let Some(sub) = declaration.sub_factory() else { unreachable!("a parent is declared by `sub_factory`") };
    let inner = ty.and_then(types::option);
    let option = inner.is_some() || ty.is_none() && sub.optional.is_some();
    let made = made(declaration, sub);
    if let (Some(span), false) = (sub.optional, option) {
        diagnostics.error(span, format!("`optional` needs a field that can be `None`; make `{ident}` an `Option`"));
    }
    if matches!(made, Made::Chance(_)) && !option {
        diagnostics.error(declaration.span, format!("`maybe` needs a field that can be `None`; make `{ident}` an `Option`"));
    }
    let held = inner.or(ty);
    let is_key = ty.is_some() && (sub.key.is_some() || ident.unraw().to_string().ends_with("_id"));
    let (need, (wrapper, held)) = match held {
        Some(held) if is_key => (Need::Key(sub.key.as_ref()), (Wrapper::Plain, Some(held))),
        Some(held) => {
            let (wrapper, held) = types::unwrapped(held);
            (Need::Whole, (wrapper, Some(held)))
        }
        None => (Need::Whole, (Wrapper::Plain, None)),
    };
    let name = if ty.is_some() { names::relation(ident, ident.span()) } else { ident.clone() };
    Relation {
        ident: sub.name.clone().unwrap_or(name),
        factory: &sub.factory,
        need,
        held,
        wrapper,
        option,
        made,
        with: sub.with.as_ref(),
        presets: Vec::new(),
        docs,
    }
}

fn made<'a>(declaration: &'a Declaration, sub: &SubFactory) -> Made<'a> {
    match &declaration.source {
        _ if sub.optional.is_some() => Made::Never,
        Source::Maybe(probability, _) => Made::Chance(probability),
        _ => Made::Always,
    }
}
