//! Which type stands behind the name of a factory. A model in its place is a near slip, and would be many errors of types:
//! what is not called like a factory is asked for the factory of it, and by one question besides whether it is one.

use super::types;
use crate::spec::{Declaration, Item, Source, Wired};
use proc_macro2::Span;
use syn::{Generics, Ident, Path, PathSegment, QSelf, Type, TypePath, parse_quote, parse_quote_spanned};

/// The trait that knows the factory of a factory, and of a model.
const MADE_BY: &str = "MadeBy";

/// Puts the question in place of every name that does not end like a factory's.
pub(crate) fn resolve(item: &mut Item<'_>) {
    let krate = item.options.krate.clone().unwrap_or_else(|| parse_quote!(::manufactory));
    let generics = item.generics;
    let options = &mut item.options;
    let extras = options.params.iter_mut().chain(&mut options.columns).map(|extra| &mut extra.declaration);
    let fields = item.fields.iter_mut().filter_map(|field| field.declaration.as_mut());
    let changes = options.presets.iter_mut().flat_map(|preset| &mut preset.changes);
    for declaration in extras.chain(fields).chain(changes.map(|(_, declaration)| declaration)) {
        resolve_in(declaration, &krate, generics);
    }
    for children in &mut options.children {
        ask(&mut children.factory, &krate, generics);
        if let Wired::Through(through) = &mut children.wired {
            ask(&mut through.factory, &krate, generics);
        }
    }
}

fn resolve_in(declaration: &mut Declaration, krate: &Path, generics: &Generics) {
    let factory = match &mut declaration.source {
        Source::SubFactory(sub) => &mut sub.factory,
        Source::List(factory, _) => factory,
        Source::Maybe(_, inner) => return resolve_in(inner, krate, generics),
        _ => return,
    };
    ask(factory, krate, generics);
}

fn ask(factory: &mut Type, krate: &Path, generics: &Generics) {
    let Some(last) = last(factory) else { return };
    if last.ident.to_string().ends_with("Factory") || types::is_generic(factory, generics) {
        return;
    }
    let made_by = Ident::new(MADE_BY, last.ident.span().resolved_at(Span::call_site()));
    *factory = parse_quote_spanned!(made_by.span()=> <#factory as #krate::__private::#made_by>::Factory);
}

fn last(factory: &Type) -> Option<&PathSegment> {
    match factory {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// The type that the user wrote, where a question stands for it.
pub(crate) fn asked(factory: &Type) -> Option<&Type> {
    let Type::Path(TypePath { qself: Some(QSelf { ty, .. }), path, .. }) = factory else { return None };
    path.segments.iter().rev().nth(1).filter(|segment| segment.ident == MADE_BY).map(|_| &**ty)
}

/// The factory as the user wrote it.
pub(crate) fn written(factory: &Type) -> &Type {
    asked(factory).unwrap_or(factory)
}
