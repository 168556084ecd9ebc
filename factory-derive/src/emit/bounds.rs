//! What generic parameters have to be for a factory to work.

use crate::plan::{Plan, types};
use crate::spec::Source;
use quote::quote;
use syn::{Generics, parse_quote};

/// The struct's generics: type parameters `Clone`, because a factory serves many rows, and what the declarations ask of
/// types that name a parameter.
pub(crate) fn bounded(plan: &Plan<'_>) -> Generics {
    let mut generics = plan.item.generics.clone();
    let params: Vec<_> = generics.type_params().map(|param| param.ident.clone()).collect();
    if params.is_empty() {
        return generics;
    }
    let krate = &plan.names.krate;
    let clause = generics.make_where_clause();
    for param in params {
        clause.predicates.push(parse_quote!(#param: ::core::clone::Clone));
    }
    for attribute in &plan.attributes {
        let ty = attribute.ty;
        if !types::is_generic(ty, plan.item.generics) || matches!(attribute.value, crate::plan::Value::Parent(_)) {
            continue;
        }
        let bound = match attribute.declaration().map(|declaration| &declaration.source) {
            None | Some(Source::Auto) => quote!(#krate::Auto),
            Some(Source::Default) => quote!(::core::default::Default),
            Some(Source::AutoFrom(_, Some(from))) => {
                let made = types::option(ty).unwrap_or(ty);
                clause.predicates.push(parse_quote!(#from: #krate::Auto));
                clause.predicates.push(parse_quote!(#made: ::core::convert::From<#from>));
                continue;
            }
            Some(_) => continue,
        };
        clause.predicates.push(parse_quote!(#ty: #bound));
    }
    generics
}
