//! What tells the struct from the model where the one only defines the other, and the factories from models.

use super::Emit;
use crate::plan::{Plan, factories};
use crate::spec::{Item, Wired};
use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Ident, Path, PathArguments, Token};

pub(crate) fn all(emit: &Emit<'_>) -> TokenStream {
    let parts = [made_by(emit), fields(emit), questions(emit)];
    quote!(#(#parts)*)
}

/// The model's type: the struct, or what it defines.
pub(crate) fn model(item: &Item<'_>) -> TokenStream {
    let (ident, (_, ty_generics, _)) = (item.ident, item.generics.split_for_impl());
    item.options.model.as_ref().map_or_else(|| quote!(#ident #ty_generics), |path| quote!(#path))
}

/// What `create` gives back.
pub(crate) fn created(item: &Item<'_>) -> TokenStream {
    item.options.returns.as_ref().map_or_else(|| model(item), |(_, returns)| quote!(#returns))
}

/// The model's name, without its path.
pub(crate) fn name<'i>(item: &'i Item<'_>) -> &'i Ident {
    let last = item.options.model.as_ref().and_then(|path| path.segments.last());
    last.map_or(item.ident, |segment| &segment.ident)
}

/// The model's name as errors show it. In SeaORM all models are called `Model`, and are told apart by their factories.
pub(crate) fn shown(plan: &Plan<'_>) -> String {
    let name = name(plan.item).unraw().to_string();
    let factory = plan.names.factory.unraw().to_string();
    match factory.strip_suffix("Factory") {
        Some(stem) if name == "Model" && !stem.is_empty() => stem.to_owned(),
        _ => name,
    }
}

/// The model as it stands before its fields.
pub(crate) fn literal(item: &Item<'_>) -> TokenStream {
    let Some(path) = &item.options.model else {
        let ident = item.ident;
        return quote!(#ident);
    };
    let mut path: Path = path.clone();
    for segment in &mut path.segments {
        if let PathArguments::AngleBracketed(arguments) = &mut segment.arguments {
            arguments.colon2_token.get_or_insert_with(<Token![::]>::default);
        }
    }
    quote!(#path)
}

/// A factory named by its model: see `plan::factories`.
fn made_by(emit: &Emit<'_>) -> TokenStream {
    let Emit { private, impl_generics, where_clause, owner, factory, .. } = emit;
    let unlisted = emit.unlisted();
    quote! {
        #unlisted
        impl #impl_generics #private::MadeBy for #owner #where_clause {
            type Factory = #factory;
        }
    }
}

/// The fields of a definition are never read, and none of them is dead.
fn fields(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, impl_generics, where_clause, owner, .. } = emit;
    let ident = plan.item.ident;
    if plan.item.options.model.is_none() || plan.item.fields.is_empty() {
        return TokenStream::new();
    }
    let fields = plan.item.fields.iter().map(|field| field.ident);
    let names = plan.item.fields.iter().map(|field| format_ident!("__{}", field.ident.unraw()));
    quote! {
        fn read #impl_generics (definition: &#owner) #where_clause {
            let #ident { #(#fields: #names),* } = definition;
        }
    }
}

/// Whether what is not called like a factory is one.
fn questions(emit: &Emit<'_>) -> TokenStream {
    let questions = emit.plan.relations.iter().filter_map(|relation| {
        let (asked, place) = (factories::asked(relation.factory)?, super::slot::place(relation));
        let private = emit.private_at(place);
        Some(quote_spanned!(place=> const _: fn() = #private::is_factory::<#asked>;))
    });
    let children = emit.plan.children.iter().flat_map(|children| {
        let join = match &children.spec.wired {
            Wired::By(_) => None,
            Wired::Through(through) => Some(&through.factory),
        };
        [Some(&children.spec.factory), join].into_iter().flatten()
    });
    let children = children.filter_map(|factory| {
        let asked = factories::asked(factory)?;
        let place = super::place(asked.span());
        let private = emit.private_at(place);
        Some(quote_spanned!(place=> const _: fn() = #private::is_factory::<#asked>;))
    });
    quote!(#(#questions)* #(#children)*)
}
