//! From what was written to attributes, relations and presets. Reports what cannot be one of them.

use super::types::{self, Wrapper};
use super::{
    Attribute, Children, Conversion, Made, Need, Node, Place, Preset, Relation, Value, factories, find, names,
};
use crate::diagnostics::Diagnostics;
use crate::spec::{Declaration, Extra, Field, Item, Source, SubFactory, bare, identifier, text, words};
use quote::{ToTokens, format_ident};
use syn::ext::IdentExt;
use syn::{Attribute as Attr, Ident, Type};

#[derive(Default)]
pub(super) struct Gathered<'a> {
    pub(super) attributes: Vec<Attribute<'a>>,
    pub(super) relations: Vec<Relation<'a>>,
    pub(super) children: Vec<Children<'a>>,
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
    all.children.extend(item.options.children.iter().map(|spec| Children { spec, presets: Vec::new() }));
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
            database_made: field.skip.is_none()
                && (field.database.is_some() || field.key.is_some() && field.declaration.is_none()),
            column: Some(column),
            typed: typed(field),
            conversion: match (&field.stored_as, field.json) {
                (Some((_, ty)), _) => Some(Conversion::As(ty)),
                (None, json) => json.map(Conversion::Json),
            },
            secret: field.secret,
            read: false,
        };
        if let Value::Parent(relation) = attribute.value {
            match self.relations[relation].need {
                Need::List(_) if field.json.is_none() => attribute.column = None,
                // A whole parent is stored as its key; in a model without a table it is just a value.
                Need::Whole if stored && field.column.is_none() => {
                    attribute.column = Some(format!("{}_id", field.ident.unraw()));
                    if field.typed.is_none() {
                        attribute.typed = format_ident!("{}_id", field.ident.unraw(), span = field.ident.span());
                    }
                }
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
        self.attributes.push(Attribute {
            ident,
            ty,
            setter,
            docs,
            place,
            value,
            key: false,
            database_made: false,
            column,
            typed: extra.name.clone(),
            conversion: None,
            secret: None,
            read: false,
        });
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
            Some((declaration, Source::List(factory, count))) => Relation {
                ident: ident.clone(),
                word: declaration.span,
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
            Some((declaration, _)) if declaration.sub_factory().is_some() => {
                parent(ident, ty, declaration, docs, diagnostics)
            }
            _ => return Value::Declared { declaration, presets: Vec::new() },
        };
        self.relations.push(relation);
        Value::Parent(self.relations.len() - 1)
    }

    fn change(
        &mut self,
        name: &Ident,
        declaration: &'a Declaration,
        number: u16,
        preset: &Ident,
        diagnostics: &Diagnostics,
    ) {
        let children = self.children.iter_mut().find(|children| children.spec.name.unraw() == name.unraw());
        if let Some(children) = children {
            match &declaration.source {
                Source::Bare(expr) => children.presets.push((number, expr)),
                _ => diagnostics.error(
                    declaration.span,
                    format!("`{name}` are children; say how many, or what makes them: `{name} = 3`"),
                ),
            }
            return;
        }
        let relation = match find(name, &self.attributes, &self.relations) {
            Some(Node::Relation(relation)) => relation,
            Some(Node::Attribute(i)) => match &mut self.attributes[i].value {
                Value::Parent(relation) => *relation,
                Value::Declared { presets, .. } => {
                    if let Source::Bare(expr) = &declaration.source {
                        bare(expr, diagnostics);
                    } else if declaration.sub_factory().is_some() || matches!(declaration.source, Source::List(..)) {
                        diagnostics.error(
                            declaration.span,
                            format!(
                                "`{name}` is no relation; declare `{name}` with `{}` for a preset to change it",
                                declaration.word
                            ),
                        );
                    } else if presets.iter().any(|(other, _)| *other == number) {
                        twice(name, preset, diagnostics);
                    } else {
                        presets.push((number, declaration));
                    }
                    return;
                }
            },
            None if diagnostics.is_doubtful(&name.unraw().to_string()) => return,
            None => {
                let known: Vec<_> =
                    self.attributes.iter().map(|attribute| attribute.ident.unraw().to_string()).collect();
                let unknown = words::unknown(
                    "attribute",
                    &name.unraw().to_string(),
                    &known.iter().map(String::as_str).collect::<Vec<_>>(),
                );
                diagnostics.error(name.span(), format!("preset `{preset}` changes an {unknown}"));
                return;
            }
        };
        self.relations[relation].change(name, declaration, number, preset, diagnostics);
    }
}

impl<'a> Relation<'a> {
    /// `preset(reviewed: reviewer = sub_factory(UserFactory, with = ..))`
    fn change(
        &mut self,
        name: &Ident,
        declaration: &'a Declaration,
        number: u16,
        preset: &Ident,
        diagnostics: &Diagnostics,
    ) {
        if let Source::Bare(expr) = &declaration.source {
            bare(expr, diagnostics);
            return;
        }
        let sub = declaration.sub_factory().filter(|_| !self.is_list());
        let Some(sub) = sub else {
            let factory = text(factories::written(self.factory).to_token_stream());
            let remedy = if self.is_list() {
                "list, which a preset cannot change; override it at the call".to_owned()
            } else {
                format!(
                    "relation; to change how its parent is made write `{name} = sub_factory({factory}, with = |parent| ..)`"
                )
            };
            diagnostics.error(declaration.span, format!("`{name}` is a {remedy}"));
            return;
        };
        for option in [&sub.name, &sub.key].into_iter().flatten() {
            diagnostics.error(
                option,
                format!("a preset changes how `{name}` is made, not its name or key; say this at the field"),
            );
        }
        if self.factory.to_token_stream().to_string() != sub.factory.to_token_stream().to_string() {
            let factory = text(factories::written(self.factory).to_token_stream());
            diagnostics.error(factories::written(&sub.factory), format!("`{name}` is made by `{factory}`, and a preset cannot change that; write `sub_factory({factory}, ..)`"));
        }
        if self.presets.iter().any(|(other, ..)| *other == number) {
            twice(name, preset, diagnostics);
            return;
        }
        if !self.option {
            needs_option(name, declaration, diagnostics);
        }
        self.presets.push((number, made(declaration, sub), sub.with.as_ref()));
    }
}

fn twice(name: &Ident, preset: &Ident, diagnostics: &Diagnostics) {
    diagnostics.error(name.span(), format!("preset `{preset}` changes `{name}` twice; leave one out"));
}

/// Reports a parent that may be absent where there has to be one.
fn needs_option(name: &Ident, declaration: &Declaration, diagnostics: &Diagnostics) {
    let optional = declaration.sub_factory().and_then(|sub| sub.optional).map(|span| (span, "optional"));
    let maybe = matches!(declaration.source, Source::Maybe(..)).then_some((declaration.span, "maybe"));
    if let Some((span, word)) = optional.or(maybe) {
        diagnostics.error(span, format!("`{word}` needs a field that can be `None`; make `{name}` an `Option`"));
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
    if !option {
        needs_option(ident, declaration, diagnostics);
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
    let name = sub.name.clone().or_else(|| if ty.is_some() { names::relation(ident) } else { Some(ident.clone()) });
    if name.is_none() {
        let name = ident.unraw().to_string();
        let name = name.strip_suffix("_id").unwrap_or(&name);
        diagnostics.error(
            ident.span(),
            format!("`{name}` cannot be the name of a relation; give it another: `sub_factory(.., name = other_name)`"),
        );
    }
    Relation {
        ident: name.unwrap_or_else(|| ident.clone()),
        word: declaration.span,
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

/// What the column of a field is called in Diesel's `table!`: there it cannot be a keyword, nor any text.
fn typed(field: &Field<'_>) -> Ident {
    let written = || {
        let column = field.column.as_ref()?;
        identifier(&column.value(), column.span()).filter(|name| name.unraw() == *name)
    };
    field.typed.clone().or_else(written).unwrap_or_else(|| field.ident.clone())
}
