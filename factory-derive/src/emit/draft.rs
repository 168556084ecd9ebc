//! The stages: empty, filled one after the other, finished.

use super::{Emit, coverage, model, slot, value};
use crate::plan::{Attribute, Made, Value, types};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use std::collections::HashSet;
use syn::ext::IdentExt;

pub(crate) fn all(emit: &Emit<'_>) -> TokenStream {
    let private = &emit.private;
    let built = &emit.built;
    let parts = [
        quote!(type Built = #built;),
        constants(emit),
        empty(emit),
        is_untouched(emit),
        blend(emit),
        under(emit),
        fill(emit),
        fill_open(emit),
        prepare(emit),
        finish(emit),
        build_row(emit),
        kept(emit),
        super::lookup::all(emit),
        super::children::offspring(emit),
        coverage::all(emit),
    ];
    let unlisted = emit.unlisted();
    let draft = emit.implement(&quote!(#private::Draft), &quote!(#(#parts)*));
    // Evaluated here, so that parents without end are an error of this struct.
    let generics = &emit.plan.item.generics;
    let check = (generics.params.is_empty()).then(|| {
        let factory = &emit.factory;
        quote!(const _: usize = <#factory as #private::Draft>::PARENTS_WITHOUT_END_MAKE_ONE_OPTIONAL;)
    });
    quote!(#unlisted #draft #check)
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
    let (depth, stages) =
        ((!always.is_empty()).then_some(depth), (stages > 0).then(|| quote!(const STAGES: usize = #stages;)));
    quote! {
        #depth
        #stages

        fn counter() -> &'static #private::Counter {
            static COUNTER: #private::Counter = #private::Counter::new();
            &COUNTER
        }
    }
}

fn empty(emit: &Emit<'_>) -> TokenStream {
    let private = &emit.private;
    let declared = emit.plan.attributes.iter().filter(|attribute| matches!(attribute.value, Value::Declared { .. }));
    let declared = declared.map(|attribute| attribute.ident);
    let children = emit.plan.children.iter().map(|children| &children.spec.name);
    let options = declared.chain(children);
    let relations = emit.plan.relations.iter().map(|relation| &relation.ident);
    let (presets, phantom) = (slot::presets(emit), slot::phantom(emit));
    quote! {
        #[inline]
        fn empty() -> Self {
            Self {
                #(#options: #private::None,)*
                #(#relations: #private::Link::Unset,)*
                #(#presets: 0,)*
                __sharing: #private::Rules::NONE,
                #phantom
            }
        }
    }
}

/// Whether it is still as it was when it was empty.
fn is_untouched(emit: &Emit<'_>) -> TokenStream {
    let declared = emit.plan.attributes.iter().filter(|attribute| matches!(attribute.value, Value::Declared { .. }));
    let options = declared.map(|attribute| attribute.ident).chain(emit.plan.children.iter().map(|one| &one.spec.name));
    let relations = emit.plan.relations.iter().map(|relation| &relation.ident);
    let presets = slot::presets(emit);
    quote! {
        #[inline]
        fn is_untouched(&self) -> bool {
            self.__sharing.is_none()
                #(&& self.#options.is_none())* #(&& self.#relations.is_unset())* #(&& self.#presets == 0)*
        }
    }
}

/// A copy of this factory's slots, and of another's where these are empty.
fn blend(emit: &Emit<'_>) -> TokenStream {
    let private = &emit.private;
    let parents: HashSet<_> = emit.plan.relations.iter().map(|relation| &relation.ident).collect();
    let slots = slot::slots(emit, private).into_iter().map(|(slot, _)| {
        let name = slot.unraw().to_string();
        let both = quote!(&self.#slot, &weaker.#slot);
        if let Some(children) = emit.plan.children.iter().find(|children| children.spec.name == slot) {
            let kind = super::children::kind(children);
            return quote!(#slot: #private::#kind::fork(#both, refused));
        }
        let fork = if parents.contains(&slot) { quote!(ForkLink) } else { quote!(Fork) };
        quote!(#slot: #private::#fork(#both, #name).fork(refused))
    });
    let (presets, phantom) = (slot::presets(emit), slot::phantom(emit));
    quote! {
        fn blend(&self, weaker: &Self, refused: &mut #private::Refused) -> Self {
            Self {
                #(#slots,)*
                #(#presets: if self.#presets == 0 { weaker.#presets } else { self.#presets },)*
                __sharing: self.__sharing.or(&weaker.__sharing),
                #phantom
            }
        }
    }
}

/// The same without copies, where there may be types that have none.
fn under(emit: &Emit<'_>) -> TokenStream {
    let declared = |attribute: &&crate::plan::Attribute<'_>| matches!(attribute.value, Value::Declared { .. });
    if !emit
        .plan
        .attributes
        .iter()
        .filter(declared)
        .any(|attribute| types::may_be_own(types::option(attribute.ty).unwrap_or(attribute.ty)))
    {
        return TokenStream::new();
    }
    let private = &emit.private;
    let slots = slot::slots(emit, private).into_iter();
    let slots = slots.map(|(slot, _)| quote!(#slot: #private::Under::under(self.#slot, weaker.#slot)));
    let (presets, phantom) = (slot::presets(emit), slot::phantom(emit));
    quote! {
        fn under(self, weaker: Self) -> Self {
            Self {
                #(#slots,)*
                #(#presets: if self.#presets == 0 { weaker.#presets } else { self.#presets },)*
                __sharing: self.__sharing.or(&weaker.__sharing),
                #phantom
            }
        }
    }
}

fn fill(emit: &Emit<'_>) -> TokenStream {
    let private = &emit.private;
    let stages = emit.plan.stages.iter().enumerate().map(|(number, stage)| {
        let attributes = stage.iter().map(|i| &emit.plan.attributes[*i]);
        (number, attributes.filter_map(|attribute| fill_known(emit, attribute)).collect::<Vec<_>>())
    });
    let stages: Vec<_> = stages.filter(|(_, fills)| !fills.is_empty()).collect();
    if stages.is_empty() {
        return TokenStream::new();
    }
    let stages = stages.into_iter().map(|(number, fills)| quote!(#number => { #(#fills)* }));
    quote! {
        #[inline]
        fn fill(&mut self, stage: usize, __cx: &#private::Context<'_>) {
            match stage {
                #(#stages)*
                _ => {}
            }
        }
    }
}

/// What is left to the backend is not known here, unless a preset says it.
fn fill_known(emit: &Emit<'_>, attribute: &Attribute<'_>) -> Option<TokenStream> {
    let fill = fill_one(emit, attribute);
    if !attribute.is_optional() {
        return Some(fill);
    }
    let preset = slot::preset_of(attribute)?;
    Some(quote!(if self.#preset != 0 { #fill }))
}

fn fill_one(emit: &Emit<'_>, attribute: &Attribute<'_>) -> TokenStream {
    let (private, ident, value) = (&emit.private, attribute.ident, value::value(emit, attribute));
    quote!(if self.#ident.is_none() { self.#ident = #private::Some(#value); })
}

/// What a backend would fill.
fn fill_open(emit: &Emit<'_>) -> TokenStream {
    let optional: Vec<_> = emit.plan.attributes.iter().filter(|attribute| attribute.is_optional()).collect();
    if optional.is_empty() {
        return TokenStream::new();
    }
    let (private, fills) = (&emit.private, optional.into_iter().map(|attribute| fill_one(emit, attribute)));
    quote! {
        #[inline]
        fn fill_open(&mut self, __cx: &#private::Context<'_>) { #(#fills)* }
    }
}

/// A row that goes to a backend becomes a model for the hooks, and is taken apart again.
fn prepare(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, .. } = emit;
    if plan.item.options.after_build.is_empty() {
        return TokenStream::new();
    }
    let (before, after) = model::hooks(emit);
    let open: Vec<_> =
        plan.attributes.iter().filter(|attribute| attribute.is_optional()).map(|attribute| attribute.ident).collect();
    let (take, put) = model::taken_apart(emit);
    let flags: Vec<_> = open.iter().map(|ident| quote::format_ident!("__open_{}", ident.unraw())).collect();
    quote! {
        fn prepare(&mut self, __cx: &#private::Context<'_>) {
            #(let #flags = self.#open.is_none();)*
            #private::Draft::fill_open(self, __cx);
            #before
            let mut __model = #take;
            #after
            #put
            #(if #flags { self.#open = #private::None; })*
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
        quote!(fn kept() -> #private::Option<#private::Kept<#model>> { #private::Keep::<Self, #model>::new().kept() })
    });
    quote! {
        #hooked
        #[inline]
        fn sharing(&mut self) -> &mut #private::Rules { &mut self.__sharing }
        fn copied(model: &#model) -> #private::Option<#model> { #private::Copied(model).copy() }
        #kept
    }
}

fn finish(emit: &Emit<'_>) -> TokenStream {
    let (Emit { private, model, built, .. }, finish) = (emit, model::finish(emit));
    let returns = emit.plan.item.options.returns.is_some();
    let returned = if returns { quote!(#private::Returned::<_, #model>::new(built).model()) } else { quote!(built) };
    quote! {
        #[inline]
        fn finish(self) -> #built { #finish }
        fn model(built: #built) -> #model { #returned }
    }
}

fn build_row(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, built, .. } = emit;
    let stages = (0..=plan.relations.len()).map(|stage| {
        let fill = (!plan.stages[stage].is_empty()).then(|| quote!(#private::Draft::fill(&mut self, #stage, __cx);));
        let relation =
            (stage < plan.relations.len()).then(|| quote!(#private::Relation::<#stage>::build(&mut self, __cx);));
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
        #[inline(always)]
        fn build_row(mut self, __cx: &#private::Context<'_>) -> #built {
            #(#stages)*
            #private::Draft::fill_open(&mut self, __cx);
            #finish
        }
    }
}
