//! One impl per enabled backend, written by a macro of the core crate, which alone knows what is enabled.

use super::Emit;
use super::record::column_type;
use crate::plan::{Need, types};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::HashSet;
use syn::{GenericParam, Generics};

pub(crate) fn all(emit: &Emit<'_>, bounded: &Generics) -> TokenStream {
    let plan = emit.plan;
    let (krate, factory) = (&plan.names.krate, &emit.factory);
    let params = params(bounded);
    let predicates = bounded.where_clause.iter().flat_map(|clause| clause.predicates.iter());
    let columns: Vec<_> = plan.attributes.iter().filter(|attribute| attribute.column.is_some()).collect();
    let mut seen = HashSet::new();
    let generic = columns.iter().filter(|attribute| types::is_generic(attribute.ty, plan.item.generics));
    let generic: Vec<_> = generic.map(|attribute| column_type(emit, attribute)).filter(|ty| seen.insert(ty.to_string())).collect();
    let how = if plan.item.options.table.is_some() { quote!(stored) } else { quote!(embedded) };
    let has_lifetimes = plan.item.generics.lifetimes().next().is_some();
    let borrowing = if has_lifetimes || plan.attributes.iter().any(|attribute| types::is_borrowed(attribute.ty)) {
        quote!(borrowed)
    } else {
        quote!(owned)
    };
    let relations = plan.relations.iter().enumerate().map(|(stage, relation)| {
        let need = match relation.need {
            Need::Key(_) | Need::Model(_) => quote!(stored),
            Need::Whole | Need::List(_) => quote!(whole),
        };
        quote!(#stage #need)
    });
    quote! {
        #krate::__persist! {
            [#params] [#factory] [#(#predicates,)*] [#(#generic),*] #how #borrowing { #(#relations,)* }
        }
    }
}

/// Generic parameters without their defaults, a comma behind each.
pub(crate) fn params(generics: &Generics) -> TokenStream {
    let params = generics.params.iter().map(|param| match param.clone() {
        GenericParam::Type(mut param) => {
            param.default = None;
            quote!(#param)
        }
        GenericParam::Const(mut param) => {
            param.default = None;
            quote!(#param)
        }
        GenericParam::Lifetime(param) => quote!(#param),
    });
    quote!(#(#params,)*)
}
