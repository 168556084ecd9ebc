//! The factory's struct, and the ways to a new one.

use super::{Emit, slot};
use crate::plan::Value;
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::HashSet;
use syn::ext::IdentExt;

pub(crate) fn all(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, impl_generics, ty_generics, where_clause, owner, factory, quiet, .. } = emit;
    let (vis, name, krate) = (plan.item.vis, &plan.names.factory, &plan.names.krate);
    let (slots, types): (Vec<_>, Vec<_>) = slot::slots(emit).into_iter().unzip();
    let presets = slot::presets(emit);
    let generics = plan.item.generics;
    let wheres = &generics.where_clause;
    let doc = format!("Makes `{}`s. Its setters override attributes.", super::definition::name(plan.item).unraw());
    let clone = clone(emit);
    let resolved = super::children::resolved(emit);
    let model_doc = format!("A new [`{name}`], nothing overridden.");
    quote! {
        #[doc = #doc]
        #[automatically_derived]
        #[allow(dead_code, missing_debug_implementations, non_snake_case, clippy::all, clippy::pedantic)]
        #[must_use = "a factory makes nothing until it is built or created"]
        #vis struct #name #generics #wheres {
            #(#slots: #types,)*
            #(#presets: u16,)*
            __sharing: ::core::option::Option<::std::sync::Arc<#private::Sharing>>,
            __model: ::core::marker::PhantomData<#owner>,
        }

        #quiet
        impl #impl_generics #owner #where_clause {
            #[doc = #model_doc]
            #vis fn factory() -> #factory {
                <#factory as #private::Draft>::empty()
            }
        }

        #quiet
        impl #impl_generics #factory #where_clause {
            /// A new factory, nothing overridden.
            #vis fn new() -> Self {
                <Self as #private::Draft>::empty()
            }

            #resolved
        }

        #quiet
        impl #impl_generics ::core::default::Default for #name #ty_generics #where_clause {
            fn default() -> Self {
                <Self as #private::Draft>::empty()
            }
        }

        #clone

        #quiet
        impl #impl_generics #krate::Factory for #factory #where_clause {}
    }
}

/// A factory can be kept as a template where all that can be overridden is `Clone`. The bounds are higher-ranked although
/// they name no lifetime: of others rustc would demand that they hold.
fn clone(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, impl_generics, factory, where_clause, quiet, .. } = emit;
    let declared = plan.attributes.iter().filter(|attribute| matches!(attribute.value, Value::Declared { .. }));
    let mut seen = HashSet::new();
    let types = declared.map(|attribute| attribute.ty).filter(|ty| seen.insert(quote!(#ty).to_string()));
    let predicates = where_clause.iter().flat_map(|clause| clause.predicates.iter());
    quote! {
        #quiet
        impl #impl_generics ::core::clone::Clone for #factory
        where
            #(#predicates,)*
            #(for<'__c> #types: ::core::clone::Clone,)*
        {
            fn clone(&self) -> Self {
                #private::forked(self)
            }
        }
    }
}
