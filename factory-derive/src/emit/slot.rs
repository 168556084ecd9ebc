//! Where an attribute or a relation stands in the factory, and how others read it there.

use super::{Emit, Often};
use crate::plan::{Attribute, Need, Node, Relation, Value};
use crate::spec::ClosureParam;
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{Ident, Type};

/// The slot that remembers which preset speaks for an attribute or relation.
pub(crate) fn preset(ident: &Ident) -> Ident {
    format_ident!("__preset_{}", ident.unraw())
}

/// That slot of an attribute, where there is a preset that changes it.
pub(crate) fn preset_of(attribute: &Attribute<'_>) -> Option<Ident> {
    match &attribute.value {
        Value::Declared { presets, .. } if !presets.is_empty() => Some(preset(attribute.ident)),
        _ => None,
    }
}

/// The slots of the factory that hold no preset: name and type.
pub(crate) fn slots(emit: &Emit<'_>, private: &Often) -> Vec<(Ident, TokenStream)> {
    let plan = emit.plan;
    let declared = plan.attributes.iter().filter(|attribute| matches!(attribute.value, Value::Declared { .. }));
    let mut slots: Vec<_> =
        declared.map(|attribute| (attribute.ident.clone(), option(attribute.ty, private))).collect();
    for (i, relation) in plan.relations.iter().enumerate() {
        slots.push((relation.ident.clone(), link(emit, relation, i, private)));
    }
    slots.extend(
        plan.children.iter().map(|children| (children.spec.name.clone(), super::children::slot(children, private))),
    );
    slots
}

fn option(ty: &Type, private: &Often) -> TokenStream {
    quote!(#private::Slot<#ty>)
}

/// The slot that names the struct's parameters, where it has any.
pub(crate) fn phantom(emit: &Emit<'_>) -> Option<TokenStream> {
    let is_generic = !emit.plan.item.generics.params.is_empty();
    is_generic.then(|| quote!(__model: ::core::marker::PhantomData,))
}

/// `Link<UserFactory, i64>`
fn link(emit: &Emit<'_>, relation: &Relation<'_>, stage: usize, private: &Often) -> TokenStream {
    let (factory, held) = (relation.factory, held_in(emit, relation, stage, private));
    quote!(#private::Link<#factory, #held>)
}

/// Where a relation was declared: what rustc has to say of it stands there. Not at the factory behind the word, where an
/// editor is asked what stands there.
pub(crate) fn place(relation: &Relation<'_>) -> Span {
    super::place(relation.word)
}

/// The function that takes the key, or the field that is pointed at, from a parent's model.
pub(crate) fn key_of(relation: &Relation<'_>) -> Ident {
    format_ident!("__key_of_{}", relation.ident.unraw())
}

/// What the slot of a relation holds in the end.
pub(crate) fn held(emit: &Emit<'_>, relation: &Relation<'_>, stage: usize) -> TokenStream {
    held_in(emit, relation, stage, &emit.private)
}

fn held_in(emit: &Emit<'_>, relation: &Relation<'_>, stage: usize, private: &Often) -> TokenStream {
    if let Need::List(_) = relation.need {
        let ty = list_type(emit, stage);
        return quote!(#ty);
    }
    if let (Need::Key(_) | Need::Whole, Some(ty)) = (relation.need, relation.held) {
        return quote!(#ty);
    }
    let factory = relation.factory;
    quote!(<#factory as #private::Record>::Model)
}

/// The key's type.
pub(crate) fn key_type(relation: &Relation<'_>) -> TokenStream {
    relation.held.map_or_else(TokenStream::new, |ty| quote!(#ty))
}

/// The type of a model that is held.
fn model_type(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    if let (Need::Whole, Some(ty)) = (relation.need, relation.held) {
        return quote!(#ty);
    }
    let (private, factory) = (&emit.private, relation.factory);
    quote!(<#factory as #private::Record>::Model)
}

/// The type of the field that a list stands in.
pub(crate) fn list_type<'e>(emit: &Emit<'e>, relation: usize) -> &'e Type {
    let of = |attribute: &&Attribute<'_>| matches!(attribute.value, Value::Parent(i) if i == relation);
    // A list is only ever declared on an attribute.
    emit.plan
        .attributes
        .iter()
        .find(of)
        .map_or_else(|| unreachable!("a list has an attribute"), |attribute| attribute.ty)
}

/// The slots that hold presets.
pub(crate) fn presets(emit: &Emit<'_>) -> Vec<Ident> {
    let attributes = emit.plan.attributes.iter().filter_map(preset_of);
    let relations = emit.plan.relations.iter().filter(|relation| !relation.presets.is_empty());
    let children = emit.plan.children.iter().filter(|children| !children.presets.is_empty());
    let relations = relations.map(|relation| preset(&relation.ident));
    attributes.chain(relations).chain(children.map(|children| preset(&children.spec.name))).collect()
}

/// Where the value of a closure's argument stands: at the parameter if its type was written, for that may be wrong; out of
/// the way otherwise, so that an editor that is asked for the parameter finds the attribute alone.
pub(crate) fn place_of(param: &ClosureParam) -> Span {
    if param.ty.is_some() { super::place(param.name.span()) } else { Span::call_site() }
}

/// An argument of a user's closure: its type and its value, read from `self`. An error about it stands at that place.
pub(crate) fn argument(emit: &Emit<'_>, name: &Ident, place: Span) -> Option<(TokenStream, TokenStream)> {
    match emit.plan.find(name)? {
        Node::Attribute(i) => {
            let attribute = &emit.plan.attributes[i];
            let (ident, ty) = (pointing(attribute.ident, name), attribute.ty);
            Some(match attribute.value {
                Value::Declared { .. } => {
                    let private = emit.private_at(place);
                    (quote!(&#ty), quote_spanned!(place=> #private::filled::<#ty>(&self.#ident)))
                }
                Value::Parent(relation) => parent(emit, &emit.plan.relations[relation], ty, name, place),
            })
        }
        Node::Relation(i) => Some(model(emit, &emit.plan.relations[i], name, place)),
    }
}

/// A slot, standing where the user names it: that is how an editor gets from there to the attribute.
pub(crate) fn pointing(slot: &Ident, name: &Ident) -> Ident {
    let mut slot = slot.clone();
    slot.set_span(name.span().resolved_at(slot.span()));
    slot
}

/// The field of a relation: a key, a whole model, a list.
fn parent(
    emit: &Emit<'_>,
    relation: &Relation<'_>,
    ty: &Type,
    name: &Ident,
    place: Span,
) -> (TokenStream, TokenStream) {
    let (private, slot) = (emit.private_at(place), pointing(&relation.ident, name));
    match relation.need {
        Need::List(_) => (quote!(&#ty), quote_spanned!(place=> #private::held(&self.#slot))),
        Need::Whole => model(emit, relation, name, place),
        Need::Key(_) if !relation.option => (quote!(&#ty), quote_spanned!(place=> #private::held(&self.#slot))),
        _ => {
            let key = key(emit, relation);
            (quote!(&#ty), quote_spanned!(place=> &{ #key }))
        }
    }
}

/// The model that a relation holds.
fn model(emit: &Emit<'_>, relation: &Relation<'_>, name: &Ident, place: Span) -> (TokenStream, TokenStream) {
    let (private, slot, held) = (emit.private_at(place), pointing(&relation.ident, name), model_type(emit, relation));
    if relation.option {
        (quote!(#private::Option<&#held>), quote_spanned!(place=> self.#slot.set()))
    } else {
        (quote!(&#held), quote_spanned!(place=> #private::held(&self.#slot)))
    }
}

/// The value of a key field, made from the relation's slot without emptying it.
pub(crate) fn key(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    let (private, slot) = (&emit.private, &relation.ident);
    let of = match relation.need {
        Need::Key(_) => quote!(#private::Clone::clone(__parent)),
        _ => {
            let key_of = key_of(relation);
            quote!(Self::#key_of(__parent))
        }
    };
    if relation.option {
        quote!(self.#slot.set().map(|__parent| #of))
    } else {
        quote!({
            let __parent = #private::held(&self.#slot);
            #of
        })
    }
}
