//! The stages: empty, filled one after the other, finished.

use super::{Emit, coverage, model, slot, value};
use crate::plan::{Attribute, Made, Value, types};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use std::collections::HashSet;
use syn::ext::IdentExt;

pub(crate) fn all(emit: &Emit<'_>) -> TokenStream {
    let private = &emit.private;
    let parts = [
        constants(emit),
        empty(emit),
        fork(emit),
        under(emit),
        fill(emit),
        fill_open(emit),
        prepare(emit),
        finish(emit),
        build_row(emit),
        super::lookup::all(emit),
        super::children::offspring(emit),
        kept(emit),
        coverage::all(emit),
    ];
    let draft = emit.implement(&quote!(#private::Draft), &quote!(#(#parts)*));
    // Evaluated here, so that parents without end are an error of this struct.
    let generics = &emit.plan.item.generics;
    let check = (generics.params.is_empty()).then(|| {
        let factory = &emit.factory;
        quote!(const _: usize = <#factory as #private::Draft>::PARENTS_WITHOUT_END_MAKE_ONE_OPTIONAL;)
    });
    quote!(#draft #check)
}

fn constants(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, .. } = emit;
    let always = plan.relations.iter().filter(|relation| matches!(relation.made, Made::Always));
    let always: Vec<_> = always.collect();
    // Where it cannot be computed, rustc points at it: it stands at the first parent that is always made.
    let place = always.first().map_or_else(Span::call_site, |relation| slot::place(relation));
    let at = emit.private_at(place);
    let parents = always.iter().map(|relation| {
        let factory = relation.factory;
        quote_spanned!(place=> <#factory as #at::Draft>::PARENTS_WITHOUT_END_MAKE_ONE_OPTIONAL)
    });
    let deepest = parents.reduce(|a, b| quote_spanned!(place=> #at::deeper(#a, #b))).unwrap_or_else(|| quote!(0));
    let depth = quote_spanned!(place=> const PARENTS_WITHOUT_END_MAKE_ONE_OPTIONAL: usize = 1 + #deepest;);
    let stages = plan.relations.len();
    quote! {
        #depth
        const STAGES: usize = #stages;

        fn counter() -> &'static #private::Counter {
            static COUNTER: #private::Counter = #private::Counter::new();
            &COUNTER
        }
    }
}

fn empty(emit: &Emit<'_>) -> TokenStream {
    let private = &emit.private;
    let slots = emit.plan.attributes.iter().filter(|attribute| matches!(attribute.value, Value::Declared { .. }));
    let slots = slots.map(|attribute| {
        let ident = attribute.ident;
        quote!(#ident: ::core::option::Option::None)
    });
    let relations = emit.plan.relations.iter().map(|relation| {
        let ident = &relation.ident;
        quote!(#ident: #private::Link::Unset)
    });
    let children = emit.plan.children.iter().map(|children| &children.spec.name);
    let presets = slot::presets(emit);
    quote! {
        #[inline]
        fn empty() -> Self {
            Self {
                #(#slots,)*
                #(#relations,)*
                #(#children: ::core::option::Option::None,)*
                #(#presets: 0,)*
                __sharing: ::core::option::Option::None,
                __model: ::core::marker::PhantomData,
            }
        }
    }
}

fn fork(emit: &Emit<'_>) -> TokenStream {
    let private = &emit.private;
    let parents: HashSet<_> = emit.plan.relations.iter().map(|relation| &relation.ident).collect();
    let slots = slot::slots(emit).into_iter().map(|(slot, _)| {
        let name = slot.unraw().to_string();
        if let Some(children) = emit.plan.children.iter().find(|children| children.spec.name == slot) {
            let fork = super::children::kind(children);
            return quote!(#slot: #private::#fork::fork(&self.#slot, &mut __refused));
        }
        let fork = if parents.contains(&slot) { quote!(ForkLink) } else { quote!(Fork) };
        quote!(#slot: #private::#fork(&self.#slot, #name).fork(&mut __refused))
    });
    let presets = slot::presets(emit);
    quote! {
        fn fork(&self) -> ::core::result::Result<Self, #private::Unrepeatable> {
            #[allow(unused_imports)]
            use #private::ForkUnset as _;
            let mut __refused = ::core::option::Option::None;
            let __copy = Self {
                #(#slots,)*
                #(#presets: self.#presets,)*
                __sharing: ::core::clone::Clone::clone(&self.__sharing),
                __model: ::core::marker::PhantomData,
            };
            #private::unless(__refused, __copy)
        }
    }
}

fn under(emit: &Emit<'_>) -> TokenStream {
    let private = &emit.private;
    let slots =
        slot::slots(emit).into_iter().map(|(slot, _)| quote!(#slot: #private::Under::under(self.#slot, weaker.#slot)));
    let presets = slot::presets(emit);
    quote! {
        fn under(self, weaker: Self) -> Self {
            Self {
                #(#slots,)*
                #(#presets: if self.#presets == 0 { weaker.#presets } else { self.#presets },)*
                __sharing: self.__sharing.or(weaker.__sharing),
                __model: ::core::marker::PhantomData,
            }
        }
    }
}

fn fill(emit: &Emit<'_>) -> TokenStream {
    let stages = emit.plan.stages.iter().enumerate().map(|(number, stage)| {
        let attributes = stage.iter().map(|i| &emit.plan.attributes[*i]);
        (
            number,
            attributes
                .filter(|attribute| !attribute.is_optional())
                .map(|attribute| fill_one(emit, attribute))
                .collect::<Vec<_>>(),
        )
    });
    let stages = stages.filter(|(_, fills)| !fills.is_empty()).map(|(number, fills)| quote!(#number => { #(#fills)* }));
    let context = &emit.private;
    quote! {
        #[inline]
        fn fill(&mut self, stage: usize, __cx: &#context::Context<'_>) {
            match stage {
                #(#stages)*
                _ => {}
            }
        }
    }
}

fn fill_one(emit: &Emit<'_>, attribute: &Attribute<'_>) -> TokenStream {
    let (ident, value) = (attribute.ident, value::value(emit, attribute));
    quote! {
        if ::core::option::Option::is_none(&self.#ident) {
            self.#ident = ::core::option::Option::Some(#value);
        }
    }
}

/// What a backend would fill.
fn fill_open(emit: &Emit<'_>) -> TokenStream {
    let optional = emit.plan.attributes.iter().filter(|attribute| attribute.is_optional());
    let (private, fills) = (&emit.private, optional.map(|attribute| fill_one(emit, attribute)));
    quote! {
        #[inline]
        fn fill_open(&mut self, __cx: &#private::Context<'_>) {
            #(#fills)*
        }
    }
}

/// A row that goes to a backend becomes a model for the hooks, and is taken apart again.
fn prepare(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, .. } = emit;
    if plan.item.options.after_build.is_empty() {
        return quote! {
            #[inline]
            fn prepare(&mut self, _: &#private::Context<'_>) {}
        };
    }
    let (before, after) = model::hooks(emit);
    let open: Vec<_> =
        plan.attributes.iter().filter(|attribute| attribute.is_optional()).map(|attribute| attribute.ident).collect();
    let (take, put) = model::taken_apart(emit);
    let flags: Vec<_> = open.iter().map(|ident| quote::format_ident!("__open_{}", ident.unraw())).collect();
    quote! {
        fn prepare(&mut self, __cx: &#private::Context<'_>) {
            #(let #flags = ::core::option::Option::is_none(&self.#open);)*
            #private::Draft::fill_open(self, __cx);
            #before
            let mut __model = #take;
            #after
            #put
            #(if #flags { self.#open = ::core::option::Option::None; })*
        }
    }
}

/// The slot of what is shared, and how models are kept where they are.
fn kept(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, model, .. } = emit;
    let borrows = plan.attributes.iter().any(|attribute| types::is_borrowed(attribute.ty));
    let hooked = plan.item.options.after_create.map(|_| {
        quote!(
            const HOOKED: bool = true;
        )
    });
    let kept = (plan.item.generics.params.is_empty() && !borrows).then(|| {
        quote! {
            fn kept() -> ::core::option::Option<#private::Kept<#model>> {
                #[allow(unused_imports)]
                use #private::Lose as _;
                #private::Keep::<Self, #model>::new().kept()
            }
        }
    });
    quote! {
        #hooked

        #[inline]
        fn sharing(&mut self) -> &mut ::core::option::Option<::std::sync::Arc<#private::Sharing>> { &mut self.__sharing }

        fn copied(model: &#model) -> ::core::option::Option<#model> {
            #[allow(unused_imports)]
            use #private::NoCopy as _;
            #private::Copied(model).copy()
        }

        #kept
    }
}

fn finish(emit: &Emit<'_>) -> TokenStream {
    let (private, finish) = (&emit.private, model::finish(emit));
    quote! {
        #[inline]
        fn finish(self) -> <Self as #private::Record>::Model {
            #finish
        }
    }
}

fn build_row(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, .. } = emit;
    let stages = (0..=plan.relations.len()).map(|stage| {
        let fill = (!plan.stages[stage].is_empty()).then(|| quote!(#private::Draft::fill(&mut self, #stage, __cx);));
        let relation = (stage < plan.relations.len())
            .then(|| quote!(<Self as #private::Relation<#stage>>::build(&mut self, __cx);));
        quote!(#fill #relation)
    });
    let finish = quote!(#private::Draft::finish(self));
    let finish = if plan.item.options.after_build.is_empty() {
        finish
    } else {
        let (before, after) = model::hooks(emit);
        quote! {
            #before
            let mut __model = #finish;
            #after
            __model
        }
    };
    quote! {
        #[inline]
        fn build_row(mut self, __cx: &#private::Context<'_>) -> <Self as #private::Record>::Model {
            #(#stages)*
            #private::Draft::fill_open(&mut self, __cx);
            #finish
        }
    }
}
