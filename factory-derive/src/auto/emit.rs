//! The code of `#[derive(Auto)]`. Cannot fail, decides nothing.

use super::{Item, Shape};
use crate::emit::quiet;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Fields, Generics, parse_quote};

/// The impls of `Auto` and, for an enum, of `Variants`.
pub(crate) fn all(item: &Item<'_>) -> TokenStream {
    let krate = &item.krate;
    let private = quote!(#krate::__private);
    match &item.shape {
        Shape::Struct(fields) => {
            let value = if item.from { from(fields, &private) } else { value(&quote!(Self), fields, &private) };
            auto(item, &value)
        }
        Shape::Enum(first, variants) => {
            let values = variants.iter().map(|variant| {
                let name = &variant.ident;
                value(&quote!(Self::#name), &variant.fields, &private)
            });
            let name = &first.ident;
            let first = auto(item, &value(&quote!(Self::#name), &first.fields, &private));
            let all = self::variants(item, &quote!(::std::vec::Vec::from([#(#values),*])));
            quote!(#first #all)
        }
        Shape::Faulty { .. } => TokenStream::new(),
    }
}

/// What stands beside the errors of a faulty type, so that its users are not reported as well. It is never run.
pub(crate) fn fallback(item: &Item<'_>) -> TokenStream {
    // What has no size cannot be given back.
    if super::held_traits(&item.shape).next().is_some() {
        return TokenStream::new();
    }
    let never = quote!(::core::unreachable!());
    let auto = auto(item, &never);
    let is_enum = matches!(item.shape, Shape::Enum(..) | Shape::Faulty { is_enum: true });
    let variants = is_enum.then(|| variants(item, &never));
    quote!(#auto #variants)
}

fn auto(item: &Item<'_>, value: &TokenStream) -> TokenStream {
    implement(item, &quote!(Auto), &quote!(fn auto), &quote!(Self), value)
}

fn variants(item: &Item<'_>, values: &TokenStream) -> TokenStream {
    implement(item, &quote!(Variants), &quote!(fn variants), &quote!(::std::vec::Vec<Self>), values)
}

fn implement(
    item: &Item<'_>,
    of: &TokenStream,
    name: &TokenStream,
    ty: &TokenStream,
    body: &TokenStream,
) -> TokenStream {
    let Item { ident, krate, .. } = item;
    let (bounded, quiet) = (bounded(item), quiet());
    let (impl_generics, ty_generics, where_clause) = bounded.split_for_impl();
    quote! {
        #quiet
        #[allow(unused_variables)]
        impl #impl_generics #krate::__private::#of for #ident #ty_generics #where_clause {
            #name(__attribute: &#krate::__private::Attribute<'_>) -> #ty {
                #body
            }
        }
    }
}

/// Type parameters have automatic values of their own.
fn bounded(item: &Item<'_>) -> Generics {
    let mut generics = item.generics.clone();
    let params: Vec<_> = generics.type_params().map(|param| param.ident.clone()).collect();
    if params.is_empty() {
        return generics;
    }
    let krate = &item.krate;
    let clause = generics.make_where_clause();
    for param in params {
        clause.predicates.push(parse_quote!(#param: #krate::__private::Auto));
    }
    if let (Shape::Struct(fields), true) = (&item.shape, item.from) {
        let types = fields.iter().map(|field| &field.ty);
        clause
            .predicates
            .extend(types.map(|ty| -> syn::WherePredicate { parse_quote!(Self: ::core::convert::From<#ty>) }));
    }
    generics
}

/// A newtype by `From`.
fn from(fields: &Fields, private: &TokenStream) -> TokenStream {
    let values = fields.iter().map(|field| {
        let ty = &field.ty;
        quote_spanned!(crate::emit::place(ty.span())=> #private::auto_from::<Self, #ty>(__attribute))
    });
    quote!(#(#values)*)
}

/// A struct or variant by its constructor. What stands around one value leaves the attribute its name: `Email(String)` in
/// a field `email` is an address.
fn value(constructor: &TokenStream, fields: &Fields, private: &TokenStream) -> TokenStream {
    let is_alone = fields.len() == 1;
    let values: Vec<_> = fields
        .iter()
        .enumerate()
        .map(|(i, field)| {
            let ty = &field.ty;
            let attribute = match &field.ident {
                Some(name) => {
                    let name = name.unraw().to_string();
                    quote!(&__attribute.field(#name))
                }
                None if is_alone => quote!(__attribute),
                None => quote!(&__attribute.nth(#i)),
            };
            let value = quote_spanned!(crate::emit::place(ty.span())=> <#ty as #private::Auto>::auto(#attribute));
            field.ident.as_ref().map_or_else(|| value.clone(), |name| quote!(#name: #value))
        })
        .collect();
    match fields {
        Fields::Unit => quote!(#constructor),
        Fields::Unnamed(_) => quote!(#constructor(#(#values),*)),
        Fields::Named(_) => quote!(#constructor { #(#values),* }),
    }
}
