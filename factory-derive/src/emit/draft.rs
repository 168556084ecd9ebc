//! The stages: empty, filled one after the other, finished.

use super::{Emit, model, slot, value};
use crate::plan::{Attribute, Made, Value};
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

pub(crate) fn all(emit: &Emit<'_>) -> TokenStream {
    let private = &emit.private;
    let parts = [
        constants(emit), empty(emit), fork(emit), under(emit), fill(emit), fill_open(emit), prepare(emit), finish(emit), build_row(emit),
    ];
    let draft = emit.implement(&quote!(#private::Draft), &quote!(#(#parts)*));
    // Evaluated here, so that parents without end are an error of this struct.
    let generics = &emit.plan.item.generics;
    let check = (generics.params.is_empty()).then(|| {
        let factory = &emit.factory;
        quote!(const _: usize = <#factory as #private::Draft>::DEPTH;)
    });
    quote!(#draft #check)
}

fn constants(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, .. } = emit;
    let always = plan.relations.iter().filter(|relation| matches!(relation.made, Made::Always));
    let parents = always.map(|relation| {
        let factory = relation.factory;
        let span = factory.span().resolved_at(proc_macro2::Span::call_site());
        quote::quote_spanned!(span=> <#factory as #private::Draft>::DEPTH)
    });
    let stages = plan.relations.len();
    quote! {
        const DEPTH: usize = 1 + #private::deepest(&[#(#parents),*]);
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
        if relation.is_list() { quote!(#ident: ::core::option::Option::None) } else { quote!(#ident: #private::Link::Unset) }
    });
    let presets = slot::presets(emit);
    quote! {
        #[inline]
        fn empty() -> Self {
            Self { #(#slots,)* #(#relations,)* #(#presets: 0,)* __model: ::core::marker::PhantomData }
        }
    }
}

fn fork(emit: &Emit<'_>) -> TokenStream {
    let private = &emit.private;
    let slots = slot::slots(emit).into_iter().map(|(slot, _)| {
        let name = slot.unraw().to_string();
        quote!(#slot: #private::Fork(&self.#slot, #name).fork(&mut __refused))
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
                __model: ::core::marker::PhantomData,
            };
            #private::unless(__refused, __copy)
        }
    }
}

fn under(emit: &Emit<'_>) -> TokenStream {
    let private = &emit.private;
    let slots = slot::slots(emit).into_iter().map(|(slot, _)| quote!(#slot: #private::Under::under(self.#slot, weaker.#slot)));
    let presets = slot::presets(emit);
    quote! {
        fn under(self, weaker: Self) -> Self {
            Self {
                #(#slots,)*
                #(#presets: if self.#presets == 0 { weaker.#presets } else { self.#presets },)*
                __model: ::core::marker::PhantomData,
            }
        }
    }
}

fn fill(emit: &Emit<'_>) -> TokenStream {
    let stages = emit.plan.stages.iter().enumerate().map(|(number, stage)| {
        let attributes = stage.iter().map(|i| &emit.plan.attributes[*i]);
        (number, attributes.filter(|attribute| !attribute.is_optional()).map(|attribute| fill_one(emit, attribute)).collect::<Vec<_>>())
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
    let open: Vec<_> = plan.attributes.iter().filter(|attribute| attribute.is_optional()).map(|attribute| attribute.ident).collect();
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
        let relation = (stage < plan.relations.len()).then(|| quote!(<Self as #private::Relation<#stage>>::build(&mut self, __cx);));
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
