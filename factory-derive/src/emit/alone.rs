//! Whether a row is made by its own insert alone, and what its key is known by then.

use super::{Emit, children, convert, relation};
use crate::plan::{Attribute, types};
use proc_macro2::TokenStream;
use quote::quote;

pub(crate) fn all(emit: &Emit<'_>) -> TokenStream {
    let (alone, key) = (is_alone(emit), has_key(emit));
    quote!(#alone #key)
}

/// Rows of which more is said may be alone all the same, but need not be found out.
fn is_alone(emit: &Emit<'_>) -> TokenStream {
    let plan = emit.plan;
    if plan.item.options.after_create.is_some() || plan.lookup.is_some() {
        return TokenStream::new();
    }
    let Some(childless) = children::none(emit) else { return TokenStream::new() };
    let parents = plan.relations.iter().map(|one| relation::is_settled(emit, one));
    quote! {
        #[inline]
        fn is_alone(&self) -> bool { self.__sharing.is_none() #(&& #parents)* #(&& #childless)* }
    }
}

fn has_key(emit: &Emit<'_>) -> TokenStream {
    let keys: Vec<_> = emit.plan.attributes.iter().filter(|attribute| attribute.key).collect();
    let open: Vec<_> = keys.iter().copied().filter(|attribute| attribute.is_optional()).collect();
    if open.is_empty() {
        return TokenStream::new();
    }
    let counted = if let ([key], [_]) = (&*keys, &*open) { is_counted(emit, key) } else { None };
    let (given, counted) = (open.iter().map(|key| key.ident), counted.map(|counted| quote!(|| #counted)));
    quote! {
        #[inline]
        fn has_key(&self) -> bool { #(self.#given.is_some())&&* #counted }
    }
}

/// Whether the only key is an integer.
fn is_counted(emit: &Emit<'_>, key: &Attribute<'_>) -> Option<TokenStream> {
    let (private, ty) = (&emit.private, key.ty);
    if types::is_generic(ty, emit.plan.item.generics) || types::is_borrowed(ty) {
        return None;
    }
    Some(match convert::conversion(emit, key) {
        Some(conversion) => quote!(#private::assigned_as::<#conversion, #ty>(1).is_some()),
        None => quote!(#private::integer_as::<#ty>(1).is_some()),
    })
}
