//! Children: their slots and setters, and how they are pointed at the row that was made.

use super::{Emit, Often, slot};
use crate::plan::{Attribute, Children, Value};
use crate::spec::Wired;
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Ident, Type};

/// The type in the slot: children, or the far ends of links.
pub(crate) fn kind(children: &Children<'_>) -> Ident {
    format_ident!("{}", if matches!(children.spec.wired, Wired::By(_)) { "Children" } else { "Ends" })
}

/// The slot's type.
pub(crate) fn slot(children: &Children<'_>, private: &Often) -> TokenStream {
    let (kind, factory) = (kind(children), &children.spec.factory);
    quote!(#private::Slot<#private::#kind<#factory>>)
}

/// `posts(3)`
pub(crate) fn setter(emit: &Emit<'_>, children: &Children<'_>) -> TokenStream {
    let (vis, private, factory) = (emit.plan.item.vis, &emit.private, &children.spec.factory);
    let name = &children.spec.name;
    let (into, method) = conversion(children);
    let doc = format!(
        "The {}, made after the row: a number, a factory, or several{}.",
        name.unraw(),
        if matches!(children.spec.wired, Wired::By(_)) { "" } else { "; or models that are there already" }
    );
    quote! {
        #[doc = #doc]
        #vis fn #name(mut self, #name: impl #private::#into<#factory>) -> Self {
            self.#name = #private::Some(#private::#into::#method(#name));
            self
        }
    }
}

fn conversion(children: &Children<'_>) -> (Ident, Ident) {
    match children.spec.wired {
        Wired::By(_) => (format_ident!("IntoChildren"), format_ident!("into_children")),
        Wired::Through(_) => (format_ident!("IntoEnds"), format_ident!("into_ends")),
    }
}

/// One impl for each kind.
pub(crate) fn all(emit: &Emit<'_>) -> TokenStream {
    let kinds = emit.plan.children.iter().enumerate().map(|(index, children)| one(emit, index, children));
    quote!(#(#kinds)*)
}

fn one(emit: &Emit<'_>, index: usize, children: &Children<'_>) -> TokenStream {
    let Emit { private, model, .. } = emit;
    let (name, factory, text) = (&children.spec.name, &children.spec.factory, children.spec.name.unraw().to_string());
    let (kind, default) = (kind(children), default(emit, children));
    let take = quote! {
        #[allow(unused_variables)]
        fn take(&mut self, __cx: &#private::Context<'_>) -> #private::#kind<#factory> {
            match self.#name.take() {
                #private::Some(__asked) => __asked,
                #private::None => #default,
            }
        }
    };
    match &children.spec.wired {
        Wired::By(relation) => {
            let place = super::place(relation.span());
            let wire = quote_spanned!(place=> child.#relation(parent));
            let one = (children.spec.word == "has_one").then(|| {
                quote!(
                    const ONE: bool = true;
                )
            });
            emit.implement(
                &quote!(#private::HasMany<#index>),
                &quote! {
                    type Child = #factory;
                    const KIND: &'static str = #text;
                    #one

                    #take

                    fn wire(child: #factory, parent: &#model) -> #factory { #wire }
                },
            )
        }
        Wired::Through(through) => {
            let (join, here, there) = (&through.factory, &through.here, &through.there);
            let end = quote!(#private::Model<#factory>);
            let (at_here, at_there) = (super::place(here.span()), super::place(there.span()));
            let here = quote_spanned!(at_here=> <#join as #private::Draft>::empty().#here(parent));
            let there = quote_spanned!(at_there=> join.#there(end));
            let key = quote_spanned!(place(factory)=> <#factory as #private::Keyed>::key_of);
            emit.implement(
                &quote!(#private::Through<#index>),
                &quote! {
                    type There = #factory;
                    type Join = #join;
                    const LINKS: &'static str = #text;

                    #take

                    fn here(parent: &#model) -> #join { #here }

                    fn there(join: #join, end: &#end) -> #join { #there }

                    fn is_same_end(a: &#end, b: &#end) -> bool { #key(a) == #key(b) }
                },
            )
        }
    }
}

fn place(factory: &Type) -> Span {
    super::place(factory.span())
}

/// What is made when the caller has said nothing.
fn default(emit: &Emit<'_>, children: &Children<'_>) -> TokenStream {
    let (private, factory) = (&emit.private, &children.spec.factory);
    let (into, method) = conversion(children);
    let of = |expr: TokenStream| quote!(<_ as #private::#into<#factory>>::#method(#expr));
    let own = children.spec.default.as_ref().map_or_else(|| of(quote!(0usize)), |expr| of(quote!(#expr)));
    if children.presets.is_empty() {
        return own;
    }
    let slot = slot::preset(&children.spec.name);
    let arms = children.presets.iter().map(|(number, expr)| {
        let value = of(quote!(#expr));
        quote!(#number => #value,)
    });
    quote!(match self.#slot { #(#arms)* _ => #own })
}

/// When no children are made: all of these hold. `None` where some are made unless something else is said.
pub(crate) fn none(emit: &Emit<'_>) -> Option<Vec<TokenStream>> {
    let children = &emit.plan.children;
    if children.iter().any(|children| children.spec.default.is_some()) {
        return None;
    }
    let names = children.iter().map(|children| &children.spec.name);
    let presets = children.iter().filter(|children| !children.presets.is_empty());
    let presets = presets.map(|children| slot::preset(&children.spec.name));
    Some(
        names.map(|name| quote!(self.#name.is_none())).chain(presets.map(|preset| quote!(self.#preset == 0))).collect(),
    )
}

/// A factory with the children alone, where there are any.
pub(crate) fn offspring(emit: &Emit<'_>) -> TokenStream {
    let (children, private) = (&emit.plan.children, &emit.private);
    if children.is_empty() {
        return TokenStream::new();
    }
    let (count, names): (_, Vec<_>) = (children.len(), children.iter().map(|children| &children.spec.name).collect());
    let presets: Vec<_> = children
        .iter()
        .filter(|children| !children.presets.is_empty())
        .map(|children| slot::preset(&children.spec.name))
        .collect();
    let unless = none(emit).map(|none| quote!(if #(#none)&&* { return #private::None; }));
    quote! {
        const CHILDREN: usize = #count;

        fn offspring(&mut self) -> #private::Option<Self> {
            #unless
            #private::Some(Self {
                #(#names: self.#names.take(),)*
                #(#presets: self.#presets,)*
                __sharing: self.__sharing.clone(),
                ..<Self as #private::Draft>::empty()
            })
        }
    }
}

/// For an `after_create` hook: what the attributes have become.
pub(crate) fn resolved(emit: &Emit<'_>) -> TokenStream {
    if emit.plan.item.options.after_create.is_none() {
        return TokenStream::new();
    }
    let is_filled =
        |attribute: &&Attribute<'_>| matches!(attribute.value, Value::Declared { .. }) && !attribute.is_optional();
    let getters = emit.plan.attributes.iter().filter(is_filled).map(|attribute| {
        let (private, ident, ty) = (&emit.private, attribute.ident, attribute.ty);
        let name = format_ident!("resolved_{}", ident.unraw(), span = ident.span());
        let doc = format!("What the {} `{}` has become, for `after_create`.", attribute.place.word(), ident.unraw());
        quote! {
            #[doc = #doc]
            ///
            /// # Panics
            /// The factory is not resolved.
            fn #name(&self) -> &#ty { #private::filled(&self.#ident) }
        }
    });
    quote!(#(#getters)*)
}
