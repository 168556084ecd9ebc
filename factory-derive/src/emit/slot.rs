//! Where an attribute or a relation stands in the factory, and how others read it there.

use super::Emit;
use crate::plan::{Attribute, Need, Node, Relation, Value};
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Ident, Type};

/// The slot that remembers which preset speaks for an attribute or relation.
pub(crate) fn preset(ident: &Ident) -> Ident {
    format_ident!("__preset_{}", ident.unraw())
}

/// The slots of the factory that hold no preset: name and type.
pub(crate) fn slots(emit: &Emit<'_>) -> Vec<(Ident, TokenStream)> {
    let plan = emit.plan;
    let declared = plan.attributes.iter().filter(|attribute| matches!(attribute.value, Value::Declared { .. }));
    let mut slots: Vec<_> = declared.map(|attribute| (attribute.ident.clone(), option(attribute.ty))).collect();
    for (i, relation) in plan.relations.iter().enumerate() {
        let ty = match relation.need {
            Need::List(_) => option(list_type(emit, i)),
            _ => link(emit, relation),
        };
        slots.push((relation.ident.clone(), ty));
    }
    slots
}

fn option(ty: &Type) -> TokenStream {
    quote!(::core::option::Option<#ty>)
}

/// `Link<UserFactory, i64>`
fn link(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    let (private, factory, held) = (&emit.private, relation.factory, held(emit, relation));
    quote!(#private::Link<#factory, #held>)
}

/// What the slot of a relation holds in the end.
pub(crate) fn held(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    let (private, factory) = (&emit.private, relation.factory);
    match (relation.need, relation.held) {
        (Need::Key(_) | Need::Whole, Some(ty)) => quote!(#ty),
        _ => quote!(<#factory as #private::Record>::Model),
    }
}

/// The type of the field that a list stands in.
pub(crate) fn list_type<'e>(emit: &Emit<'e>, relation: usize) -> &'e Type {
    let of = |attribute: &&Attribute<'_>| matches!(attribute.value, Value::Parent(i) if i == relation);
    // A list is only ever declared on an attribute.
    emit.plan.attributes.iter().find(of).map_or_else(|| unreachable!("a list has an attribute"), |attribute| attribute.ty)
}

/// The slots that hold presets.
pub(crate) fn presets(emit: &Emit<'_>) -> Vec<Ident> {
    let attributes = emit.plan.attributes.iter().filter_map(|attribute| match &attribute.value {
        Value::Declared { presets, .. } if !presets.is_empty() => Some(preset(attribute.ident)),
        _ => None,
    });
    let relations = emit.plan.relations.iter().filter(|relation| !relation.presets.is_empty());
    attributes.chain(relations.map(|relation| preset(&relation.ident))).collect()
}

/// An argument of a user's closure: its type and its value, read from `self`.
pub(crate) fn argument(emit: &Emit<'_>, name: &Ident) -> Option<(TokenStream, TokenStream)> {
    let private = &emit.private;
    match emit.plan.find(name)? {
        Node::Attribute(i) => {
            let attribute = &emit.plan.attributes[i];
            let (ident, ty) = (attribute.ident, attribute.ty);
            Some(match attribute.value {
                Value::Declared { .. } => (quote!(&#ty), quote!(#private::filled(&self.#ident))),
                Value::Parent(relation) => parent(emit, &emit.plan.relations[relation], ty),
            })
        }
        Node::Relation(i) => Some(model(emit, &emit.plan.relations[i])),
    }
}

/// The field of a relation: a key, a whole model, a list.
fn parent(emit: &Emit<'_>, relation: &Relation<'_>, ty: &Type) -> (TokenStream, TokenStream) {
    let (private, slot) = (&emit.private, &relation.ident);
    match relation.need {
        Need::List(_) => (quote!(&#ty), quote!(#private::filled(&self.#slot))),
        Need::Whole => model(emit, relation),
        Need::Key(_) if !relation.option => (quote!(&#ty), quote!(#private::held(&self.#slot))),
        _ => {
            let key = key(emit, relation);
            (quote!(&#ty), quote!(&#key))
        }
    }
}

/// The model that a relation holds.
fn model(emit: &Emit<'_>, relation: &Relation<'_>) -> (TokenStream, TokenStream) {
    let (private, slot, held) = (&emit.private, &relation.ident, held(emit, relation));
    if relation.option {
        (quote!(::core::option::Option<&#held>), quote!(#private::Link::set(&self.#slot)))
    } else {
        (quote!(&#held), quote!(#private::held(&self.#slot)))
    }
}

/// The value of a key field, made from the relation's slot without emptying it.
pub(crate) fn key(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    let (private, slot) = (&emit.private, &relation.ident);
    let of = match relation.need {
        Need::Key(_) => quote!(::core::clone::Clone::clone(__parent)),
        _ => key_of(emit, relation, &quote!(__parent)),
    };
    if relation.option {
        quote!(#private::Link::set(&self.#slot).map(|__parent| #of))
    } else {
        quote!({
            let __parent = #private::held(&self.#slot);
            #of
        })
    }
}

/// The key of a parent's model, or the field that is pointed at; an error about its type stands under the field's type.
pub(crate) fn key_of(emit: &Emit<'_>, relation: &Relation<'_>, model: &TokenStream) -> TokenStream {
    let (private, factory) = (&emit.private, relation.factory);
    let span = relation.held.map_or_else(Span::call_site, Spanned::span).resolved_at(Span::call_site());
    match relation.need {
        Need::Key(Some(field)) | Need::Model(Some(field)) => quote!(::core::clone::Clone::clone(&(#model).#field)),
        _ => quote_spanned!(span=> <#factory as #private::Keyed>::key_of(#model)),
    }
}
