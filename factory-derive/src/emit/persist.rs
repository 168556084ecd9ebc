//! One impl per enabled backend, written by a macro of the core crate, which alone knows what is enabled.

use super::record::{column_type, is_read, whole};
use super::{Emit, convert, typed};
use crate::plan::{Need, types};
use crate::spec::{Item, Wired};
use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote, quote_spanned};
use std::collections::HashSet;
use syn::spanned::Spanned;
use syn::{GenericParam, Generics, Ident};

pub(crate) fn all(emit: &Emit<'_>, bounded: &Generics) -> TokenStream {
    let plan = emit.plan;
    let (krate, factory) = (&plan.names.krate, &emit.factory);
    let params = params(bounded);
    let predicates = bounded.where_clause.iter().flat_map(|clause| clause.predicates.iter());
    let columns: Vec<_> = plan.attributes.iter().filter(|attribute| attribute.column.is_some()).collect();
    let mut seen = HashSet::new();
    let generic = columns.iter().filter(|attribute| types::is_generic(attribute.ty, plan.item.generics));
    let generic: Vec<_> =
        generic.map(|attribute| column_type(emit, attribute)).filter(|ty| seen.insert(ty.to_string())).collect();
    let converted = columns.iter().flat_map(|attribute| convert::bounds(emit, attribute));
    let how = if plan.item.options.table.is_some() { quote!(stored) } else { quote!(embedded) };
    let has_lifetimes = plan.item.generics.lifetimes().next().is_some();
    let returns = plan.item.options.returns.is_some();
    let borrowing =
        if returns || has_lifetimes || plan.attributes.iter().any(|attribute| types::is_borrowed(attribute.ty)) {
            quote!(borrowed)
        } else {
            quote!(owned)
        };
    let relations: Vec<_> = plan
        .relations
        .iter()
        .enumerate()
        .map(|(stage, relation)| {
            let need = match relation.need {
                Need::Key(_) | Need::Model(_) => quote!(stored),
                Need::Whole | Need::List(_) => quote!(whole),
            };
            quote!(#stage #need)
        })
        .collect();
    let children = plan.children.iter().enumerate().map(|(index, children)| match children.spec.wired {
        Wired::By(_) => quote!(#index children),
        Wired::Through(_) => quote!(#index through),
    });
    let options = &plan.item.options;
    let store = !plan.children.is_empty() || options.after_create.is_some() || options.get_or_create.is_some();
    let more = [
        (store, quote!(store)),
        (options.after_create.is_some(), quote!(hook)),
        (options.get_or_create.is_some(), quote!(lookup)),
    ];
    let more = more.into_iter().filter(|(is_so, _)| *is_so).map(|(_, word)| word);
    let bounds: Vec<_> = predicates.map(ToTokens::to_token_stream).chain(converted).collect();
    let backends = backends(emit.plan.item, |_| true);
    let is_concrete = plan.item.generics.params.iter().all(|param| matches!(param, GenericParam::Lifetime(_)));
    let check = (plan.item.options.table.is_some() && is_concrete).then(|| check(emit));
    quote! {
        #check
        #krate::__persist! {
            [stores #(#backends)*]
            {
                [#params] [#factory] [#(#bounds,)*] [#(#generic),*] #how #borrowing
                { #(#relations,)* } { #(#children,)* } [#(#more)*]
            }
        }
        #krate::__seed! {
            [stores #(#backends)*] [#params] [#factory] [#(#bounds,)*] #borrowing { #(#relations,)* }
        }
    }
}

/// Each backend's macro, its library, and its database where it does not learn that at run time.
const BACKENDS: &[(&str, &str, Option<&str>)] = &[
    ("sqlx_sqlite", "sqlx", Some("sqlite")),
    ("sqlx_postgres", "sqlx", Some("postgres")),
    ("sqlx_mysql", "sqlx", Some("mysql")),
    ("sea_orm", "sea_orm", None),
    ("diesel_sqlite", "diesel", Some("sqlite")),
    ("diesel_postgres", "diesel", Some("postgres")),
    ("diesel_mysql", "diesel", Some("mysql")),
    ("diesel_async_sqlite", "diesel_async", Some("sqlite")),
    ("diesel_async_postgres", "diesel_async", Some("postgres")),
    ("diesel_async_mysql", "diesel_async", Some("mysql")),
];

/// Libraries that know a table as a module, and not by its name.
const TYPED: &[&str] = &["diesel", "diesel_async"];

/// The backends that can store the model. What has no table is a value in rows of any of them.
pub(crate) fn backends(item: &Item<'_>, is_asked: impl Fn(&str) -> bool) -> Vec<Ident> {
    let (on, table) = (item.options.on.as_ref(), &item.options.table);
    let knows = |library| {
        let known = if TYPED.contains(&library) { table.path.is_some() } else { table.text.is_some() };
        known || !table.is_some()
    };
    let able = BACKENDS.iter().filter(|(_, library, _)| knows(library) && is_asked(library));
    let chosen = able.filter(|(_, library, database)| on.is_none_or(|on| on.has(library, *database)));
    chosen.map(|(name, ..)| format_ident!("{name}")).collect()
}

/// Asks every database whether it stores the types of the columns, each where it first stands in the struct.
fn check(emit: &Emit<'_>) -> TokenStream {
    let (plan, krate) = (emit.plan, &emit.plan.names.krate);
    let mut seen = HashSet::new();
    let asked = plan.attributes.iter().filter_map(|attribute| {
        let is_plain = attribute.column.is_some() && whole(emit, attribute).is_none();
        let ty = convert::written(attribute).filter(|ty| is_plain && !types::is_borrowed(ty))?;
        seen.insert(ty.to_token_stream().to_string()).then_some((attribute, ty))
    });
    let questions = asked.map(|(attribute, ty)| {
        let place = super::place(ty.span());
        let private = emit.private_at(place);
        if is_read(emit, attribute) {
            quote_spanned!(place=> #private::stored_in::<__Database, #ty>();)
        } else {
            quote_spanned!(place=> #private::written_to::<__Binds, #ty>();)
        }
    });
    let backends = backends(plan.item, |library| !TYPED.contains(&library));
    let typed = typed::questions(emit).map(|questions| {
        let backends = self::backends(plan.item, |library| TYPED.contains(&library));
        quote!(#krate::__persist! { [#(#backends)*] { @columns #[allow(dead_code)] fn ask() { #(#questions)* } } })
    });
    quote! {
        #krate::__persist! { [#(#backends)*] { @columns #[allow(dead_code)] fn ask() { #(#questions)* } } }
        #typed
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
