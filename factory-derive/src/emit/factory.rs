//! The factory's struct, and the ways to a new one.

use super::{Emit, slot};
use crate::plan::Value;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::HashSet;
use syn::ext::IdentExt;

/// The struct, with one slot per attribute.
pub(crate) fn factory(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, .. } = emit;
    let (vis, name) = (plan.item.vis, &plan.names.factory);
    let (slots, types): (Vec<_>, Vec<_>) = slot::slots(emit, private).into_iter().unzip();
    let presets = slot::presets(emit);
    let (generics, wheres) = (plan.item.generics, &plan.item.generics.where_clause);
    let doc = format!("Makes `{}`s. Its setters override attributes.", super::definition::name(plan.item).unraw());
    let model = slot::phantom(emit).map(|_| {
        let owner = &emit.owner;
        quote!(__model: ::core::marker::PhantomData<#owner>,)
    });
    quote! {
        #[doc = #doc]
        #[automatically_derived]
        #[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
        #[allow(dead_code, missing_debug_implementations, non_snake_case)]
        #[must_use = "a factory makes nothing until it is built or created"]
        #vis struct #name #generics #wheres {
            #(#slots: #types,)*
            #(#presets: u16,)*
            __sharing: #private::Rules,
            #model
        }
    }
}

/// The ways to a new one.
pub(crate) fn ways(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, impl_generics, ty_generics, where_clause, factory, .. } = emit;
    let name = &plan.names.factory;
    let (clone, unlisted) = (clone(emit), emit.unlisted());
    quote! {
        impl #impl_generics #private::Default for #name #ty_generics #where_clause {
            fn default() -> Self { <Self as #private::Draft>::empty() }
        }

        #clone

        #unlisted
        impl #impl_generics #private::Factory for #factory #where_clause {}
    }
}

/// A factory can be kept as a template where all that can be overridden is `Clone`. The bounds are higher-ranked although
/// they name no lifetime: of others rustc would demand that they hold.
fn clone(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, impl_generics, factory, where_clause, .. } = emit;
    let declared = plan.attributes.iter().filter(|attribute| matches!(attribute.value, Value::Declared { .. }));
    let mut seen = HashSet::new();
    let types: Vec<_> =
        declared.map(|attribute| attribute.ty).filter(|ty| seen.insert(quote!(#ty).to_string())).collect();
    // Tuples have `Clone` up to this size.
    let bounds = types.chunks(12).map(|types| quote!(for<'__c> (#(#types,)*): #private::Clone,));
    let predicates = where_clause.iter().flat_map(|clause| clause.predicates.iter());
    quote! {
        impl #impl_generics #private::Clone for #factory
        where
            #(#predicates,)*
            #(#bounds)*
        {
            fn clone(&self) -> Self { #private::forked(self) }
        }
    }
}
