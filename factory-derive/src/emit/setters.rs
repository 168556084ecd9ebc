//! One method per attribute, per way to give a parent, and per preset.

use super::{Emit, slot};
use crate::plan::{Attribute, Relation, Value, factories, names, types};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;

pub(crate) fn all(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, impl_generics, where_clause, owner, factory, .. } = emit;
    let vis = plan.item.vis;
    let model_doc = format!("A new [`{}`], nothing overridden.", plan.names.factory);
    let quiet = super::quiet();
    let attributes = plan.attributes.iter().filter(|attribute| names::has_setter(attribute, &plan.relations));
    let attributes = attributes.map(|attribute| match attribute.value {
        Value::Parent(i) => key(emit, attribute, &plan.relations[i]),
        Value::Declared { .. } => plain(emit, attribute),
    });
    let relations = plan.relations.iter().filter(|relation| !relation.is_list()).map(|relation| parent(emit, relation));
    let presets = plan.presets.iter().map(|preset| self::preset(emit, preset));
    let children = plan.children.iter().map(|children| super::children::setter(emit, children));
    let resolved = super::children::resolved(emit);
    quote! {
        #quiet
        impl #impl_generics #owner #where_clause {
            #[doc = #model_doc]
            #vis fn factory() -> #factory { <#factory as #private::Draft>::empty() }
        }

        #quiet
        #[allow(missing_docs)]
        impl #impl_generics #factory #where_clause {
            /// A new factory, nothing overridden.
            #vis fn new() -> Self { <Self as #private::Draft>::empty() }
            #(#attributes)*
            #(#relations)*
            #(#children)*
            #(#presets)*
            #resolved
        }
    }
}

fn plain(emit: &Emit<'_>, attribute: &Attribute<'_>) -> TokenStream {
    let Attribute { ident, ty, setter, docs, .. } = attribute;
    let (vis, private) = (emit.plan.item.vis, &emit.private);
    quote! {
        #(#docs)*
        #vis fn #setter(mut self, value: impl #private::IntoValue<#ty>) -> Self {
            self.#ident = #private::slot(value);
            self
        }
    }
}

/// `author_id(7)`: just the key, no parent is made.
fn key(emit: &Emit<'_>, attribute: &Attribute<'_>, relation: &Relation<'_>) -> TokenStream {
    let Attribute { ty, setter, docs, .. } = attribute;
    let (vis, private, slot) = (emit.plan.item.vis, &emit.private, &relation.ident);
    let given = if relation.option && types::option(ty).is_some() { quote!(key_or_none) } else { quote!(key) };
    quote! {
        #(#docs)*
        #vis fn #setter(mut self, value: impl #private::IntoValue<#ty>) -> Self {
            self.#slot = self.#slot.#given(value);
            self
        }
    }
}

/// `author(&user)`, `author(User::factory())`, `author_with(|author| ..)`, `author_among(&users)`, `without_author()`
fn parent(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    let (vis, private) = (emit.plan.item.vis, &emit.private);
    let Relation { ident, factory, docs, .. } = relation;
    let name = ident.unraw();
    let (with, among, without) = (
        format_ident!("{name}_with", span = ident.span()),
        format_ident!("{name}_among", span = ident.span()),
        format_ident!("without_{name}", span = ident.span()),
    );
    let held = slot::held(emit, relation, usize::MAX);
    let mut taken = quote!(#private::IntoParent<#factory>);
    let (bound, given, many, chosen, of);
    if relation.takes_key() {
        let key_of = slot::key_of(relation);
        (bound, given) = (quote!(), quote!(parent(#ident, Self::#key_of)));
        (many, chosen, of) = (quote!(), quote!(#private::Model<#factory>), quote!(Self::#key_of));
    } else {
        if factories::asked(factory).is_some() {
            taken = quote!(#private::IntoHeld<#factory, #held>);
            (bound, given) = (quote!(), quote!(held(#ident)));
        } else {
            (bound, given) = (quote!(where __P::Model: #private::IntoModel<#held>), quote!(whole(#ident)));
        }
        (many, chosen) = (quote!(where for<'__c> #held: #private::Clone), held.clone());
        of = quote!(#private::Clone::clone);
    }
    let without = relation.option.then(|| {
        let doc = format!("Makes no {name}.");
        quote! {
            #[doc = #doc]
            #vis fn #without(mut self) -> Self {
                self.#ident = self.#ident.given(#private::Link::Absent);
                self
            }
        }
    });
    let doc = format!("The {name}: an existing one by reference, or the factory that makes it.");
    let with_doc = format!("Changes the factory that makes the {name}.");
    let among_doc = format!("The {name}: one of these models, at random; `among(&models)` has other ways to pick.");
    quote! {
        #(#docs)*
        #[doc = #doc]
        #vis fn #ident<__P: #taken>(mut self, #ident: __P) -> Self #bound {
            self.#ident = self.#ident.#given;
            self
        }

        #[doc = #with_doc]
        #vis fn #with(mut self, change: impl #private::FnOnce(#factory) -> #factory) -> Self {
            self.#ident = self.#ident.changed(change);
            self
        }

        #[doc = #among_doc]
        #vis fn #among(mut self, models: impl #private::IntoAmong<#chosen>) -> Self #many {
            self.#ident = self.#ident.among(models, #of);
            self
        }

        #without
    }
}

fn preset(emit: &Emit<'_>, preset: &crate::plan::Preset<'_>) -> TokenStream {
    let (vis, name, number) = (emit.plan.item.vis, preset.name, preset.number);
    let attributes = emit.plan.attributes.iter().filter_map(|attribute| match &attribute.value {
        Value::Declared { presets, .. } => presets.iter().any(|(n, _)| *n == number).then_some(attribute.ident),
        Value::Parent(_) => None,
    });
    let relations = emit.plan.relations.iter().filter(|relation| relation.presets.iter().any(|(n, ..)| *n == number));
    let children = emit.plan.children.iter().filter(|children| children.presets.iter().any(|(n, _)| *n == number));
    let relations = relations.map(|relation| &relation.ident).chain(children.map(|children| &children.spec.name));
    let changed = &emit.plan.item.options.presets[usize::from(number) - 1].changes;
    let slots = attributes.chain(relations).map(|ident| {
        let named = changed.iter().map(|(name, _)| name).find(|name| name.unraw() == ident.unraw());
        named.map_or_else(|| slot::preset(ident), |name| slot::pointing(&slot::preset(ident), name))
    });
    let slots: Vec<_> = slots.collect();
    let others = preset.others.iter().map(|other| quote!(self = self.#other();));
    let doc =
        format!("The preset `{}`. Explicit overrides win over it, whatever the order of the calls.", name.unraw());
    quote! {
        #[doc = #doc]
        #vis fn #name(mut self) -> Self {
            #(#others)*
            #(self.#slots = #number;)*
            self
        }
    }
}
