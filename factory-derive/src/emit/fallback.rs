//! What stands beside the errors of a faulty struct: a factory with every method that was meant, so that its callers
//! are not reported as well. It is never run.

use super::{Often, definition};
use crate::plan::names::{self, Names};
use crate::spec::{Declaration, Item, Wired};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use std::collections::HashSet;
use syn::ext::IdentExt;
use syn::{Ident, Path, Type, Visibility};

pub(crate) fn fallback(item: &Item<'_>) -> TokenStream {
    let Names { mut factory, krate } = Names::of(item);
    if factory == *item.ident {
        // Two things of one name would be reported once more.
        factory = format_ident!("{factory}Factory");
    }
    let shell = Shell { item, factory, krate, private: quote!(__m).into() };
    let parts = [
        shell.ways(),
        shell.draft(),
        shell.key(),
        shell.columns(),
        shell.parent(),
        shell.persist(),
        shell.attributes(),
    ];
    let (factory, krate, quiet) = (shell.factory(), &shell.krate, super::quiet());
    quote! {
        #factory

        #quiet
        const _: () = {
            use #krate::__private as __m;
            use __m::fallbacks::*;
            #(#parts)*
        };
    }
}

/// A factory without content.
struct Shell<'s> {
    item: &'s Item<'s>,
    factory: Ident,
    krate: Path,
    private: Often,
}

impl Shell<'_> {
    fn factory(&self) -> TokenStream {
        let Self { item, factory, .. } = self;
        let (vis, ident, quiet) = (item.vis, item.ident, super::quiet());
        let (impl_generics, ty_generics, where_clause) = item.generics.split_for_impl();
        quote! {
            #quiet
            #vis struct #factory #impl_generics (::core::marker::PhantomData<fn() -> #ident #ty_generics>) #where_clause;
        }
    }

    /// The ways to a new one, and its setters.
    fn ways(&self) -> TokenStream {
        let Self { item, factory, private, .. } = self;
        let (vis, ident, never) = (item.vis, item.ident, never());
        let (impl_generics, ty_generics, where_clause) = item.generics.split_for_impl();
        let methods = methods(item, private);
        let clone = self.implement(&quote!(#private::Clone), &quote!(fn clone(&self) -> Self { #never }));
        let default = self.implement(&quote!(#private::Default), &quote!(fn default() -> Self { #never }));
        let is_factory = self.implement(&quote!(#private::Factory), &TokenStream::new());
        quote! {
            impl #impl_generics #ident #ty_generics #where_clause {
                #vis fn factory() -> #factory #ty_generics { #never }
            }

            impl #impl_generics #factory #ty_generics #where_clause {
                #vis fn new() -> Self { #never }
                #methods
            }

            #clone #default #is_factory

            impl #impl_generics #private::MadeBy for #ident #ty_generics #where_clause {
                type Factory = #factory #ty_generics;
            }
        }
    }

    /// `impl<T> of for UserFactory<T> where .. { body }`
    fn implement(&self, of: &TokenStream, body: &TokenStream) -> TokenStream {
        let Self { item, factory, .. } = self;
        let (impl_generics, ty_generics, where_clause) = item.generics.split_for_impl();
        quote! {
            impl #impl_generics #of for #factory #ty_generics #where_clause { #body }
        }
    }

    fn draft(&self) -> TokenStream {
        let (private, never) = (&self.private, never());
        let body = quote! {
            type Built = #private::Model<Self>;
            fn counter() -> &'static #private::Counter { #never }
            fn empty() -> Self { #never }
            fn blend(&self, _: &Self, _: &mut #private::Refused) -> Self { #never }
            fn finish(self) -> #private::Model<Self> { #never }
            fn model(_: #private::Model<Self>) -> #private::Model<Self> { #never }
            fn build_row(self, _: &#private::Context<'_>) -> #private::Model<Self> { #never }
            fn sharing(&mut self) -> &mut #private::Rules { #never }
        };
        self.implement(&quote!(#private::Draft), &body)
    }

    fn key(&self) -> TokenStream {
        let (private, never, fields) = (&self.private, never(), &self.item.fields);
        // Where no field is a key, the word that says so may be what is wrong.
        let key = fields.iter().find(|field| field.key.is_some());
        let key = key.or_else(|| fields.iter().find(|field| *field.ident == "id")).map(|field| field.ty);
        let key = key.map_or_else(|| quote!(()), |ty| quote!(#ty));
        let keyed = quote! {
            type Key = #key;
            fn key_of(_: &#private::Model<Self>) -> #key { #never }
        };
        let keyed = self.implement(&quote!(#private::Keyed), &keyed);
        let by = quote! {
            fn key_in(_: &#private::Model<Self>) -> #key { #never }
            fn key_drafted(&self) -> #private::Option<#key> { #never }
        };
        let by = self.implement(&quote!(#private::KeyedBy<#key>), &by);
        quote!(#keyed #by)
    }

    fn columns(&self) -> TokenStream {
        let Self { item, factory, private, .. } = self;
        let (params, never) = (super::persist::params(item.generics), never());
        let (model, (_, ty_generics, where_clause)) = (definition::created(item), item.generics.split_for_impl());
        let record = self.implement(
            &quote!(#private::Record),
            &quote! {
                type Model = #model;
                const NAME: &'static str = "";
                const TABLE: #private::Option<&'static str> = #private::Some("");
                const COLUMNS: &'static [#private::Column] = &[];
                fn describe(&self) -> #private::Described { #never }
            },
        );
        let makes = self.implement(&quote!(#private::Makes<#model>), &TokenStream::new());
        quote! {
            #record
            #makes

            impl<#params __S: ?::core::marker::Sized> #private::Row<__S> for #factory #ty_generics #where_clause {
                fn write(&self, _: &mut __S) { #never }
            }

            impl<#params __S: ?::core::marker::Sized> #private::Read<__S> for #factory #ty_generics #where_clause {
                fn read(self, _: &mut __S) -> #private::Result<#private::Model<Self>> { #never }
            }
        }
    }

    fn parent(&self) -> TokenStream {
        let Self { item, factory, private, .. } = self;
        let (params, never) = (super::persist::params(item.generics), never());
        let (model, (_, ty_generics, where_clause)) = (definition::created(item), item.generics.split_for_impl());
        quote! {
            impl<'__m, #params> #private::IntoParent<#factory #ty_generics> for &'__m #model #where_clause {
                type Model = &'__m #model;
                fn into_parent(self) -> #private::Given<#factory #ty_generics, Self> { #never }
            }
        }
    }

    fn persist(&self) -> TokenStream {
        let Self { item, factory, krate, .. } = self;
        let (params, (_, ty_generics, where_clause)) =
            (super::persist::params(item.generics), item.generics.split_for_impl());
        let predicates = where_clause.into_iter().flat_map(|clause| &clause.predicates);
        let borrowing = if item.generics.lifetimes().next().is_some() { quote!(borrowed) } else { quote!(owned) };
        let backends = super::persist::backends(item, |_| true);
        quote!(#krate::__persist! {
            [stores #(#backends)*]
            { [#params] [#factory #ty_generics] [#(#predicates,)*] [] stored #borrowing {} {} [] }
        })
    }

    fn attributes(&self) -> TokenStream {
        let (krate, private, never) = (&self.krate, &self.private, never());
        let body = quote!(fn note(&mut self, _: &#private::Context<'_>, _: &mut #private::Entries) { #never });
        let attributes = self.implement(&quote!(#private::Attributes), &body);
        quote!(#krate::__attributes! { #attributes })
    }
}

fn never() -> TokenStream {
    quote!(::core::unreachable!("the struct has errors"))
}

/// Every method that was meant, each once.
fn methods(item: &Item<'_>, private: &Often) -> TokenStream {
    let mut methods = Methods {
        taken: names::METHODS.iter().map(|&name| name.to_owned()).collect(),
        vis: item.vis,
        private,
        tokens: TokenStream::new(),
    };
    for extra in item.options.params.iter().chain(&item.options.columns) {
        methods.attribute(&extra.name, &extra.name, extra.ty.as_ref(), Some(&extra.declaration));
    }
    for field in &item.fields {
        methods.attribute(
            field.ident,
            field.setter.as_ref().unwrap_or(field.ident),
            Some(field.ty),
            field.declaration.as_ref(),
        );
    }
    for children in &item.options.children {
        let factory = &children.factory;
        let into = if matches!(children.wired, Wired::By(_)) { quote!(IntoChildren) } else { quote!(IntoEnds) };
        methods.add(&children.name, &quote!(_: impl #private::#into<#factory>));
    }
    for preset in &item.options.presets {
        methods.add(&preset.name, &TokenStream::new());
    }
    methods.tokens
}

struct Methods<'m> {
    taken: HashSet<String>,
    vis: &'m Visibility,
    private: &'m Often,
    tokens: TokenStream,
}

impl Methods<'_> {
    fn attribute(&mut self, ident: &Ident, setter: &Ident, ty: Option<&Type>, declaration: Option<&Declaration>) {
        let private = self.private;
        if let Some(sub) = declaration.and_then(Declaration::sub_factory) {
            let relation = sub.name.clone().or_else(|| names::relation(ident).filter(|_| ty.is_some()));
            let relation = relation.unwrap_or_else(|| ident.clone());
            let (name, span, factory) = (relation.unraw(), relation.span(), &sub.factory);
            self.add(&relation, &quote!(_: impl #private::IntoParent<#factory>));
            self.add(
                &format_ident!("{name}_with", span = span),
                &quote!(_: impl ::core::ops::FnOnce(#factory) -> #factory),
            );
            self.add(
                &format_ident!("{name}_among", span = span),
                &quote!(_: impl #private::IntoAmong<<#factory as #private::Record>::Model>),
            );
            self.add(&format_ident!("without_{name}", span = span), &TokenStream::new());
        }
        match ty {
            Some(ty) => {
                let value = quote!(_: impl #private::IntoValue<#ty>);
                self.add(setter, &value);
                // The setter's name may be what is wrong.
                self.add(ident, &value);
            }
            None => self.add(setter, &quote!(_: impl ::core::marker::Sized)),
        }
    }

    fn add(&mut self, name: &Ident, argument: &TokenStream) {
        if self.taken.insert(name.unraw().to_string()) {
            let vis = self.vis;
            self.tokens.extend(quote!(#vis fn #name(self, #argument) -> Self { self }));
        }
    }
}
