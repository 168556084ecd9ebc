//! One method per attribute, per way to give a parent, and per preset.

use super::{Emit, slot};
use crate::plan::{Attribute, Relation, Value, factories, names, types};
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::ext::IdentExt;

pub(crate) fn all(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, impl_generics, where_clause, factory, quiet, .. } = emit;
    let attributes = plan.attributes.iter().filter(|attribute| names::has_setter(attribute, &plan.relations));
    let attributes = attributes.map(|attribute| match attribute.value {
        Value::Parent(i) => key(emit, attribute, &plan.relations[i]),
        Value::Declared { .. } => plain(emit, attribute),
    });
    let relations = plan.relations.iter().filter(|relation| !relation.is_list()).map(|relation| parent(emit, relation));
    let presets = plan.presets.iter().map(|preset| self::preset(emit, preset));
    let children = plan.children.iter().map(|children| super::children::setter(emit, children));
    quote! {
        #quiet
        impl #impl_generics #factory #where_clause {
            #(#attributes)*
            #(#relations)*
            #(#children)*
            #(#presets)*
        }
    }
}

fn plain(emit: &Emit<'_>, attribute: &Attribute<'_>) -> TokenStream {
    let Attribute { ident, ty, setter, docs, .. } = attribute;
    let (vis, private) = (emit.plan.item.vis, &emit.private);
    let doc = format!("Overrides the {} `{}`.", attribute.place.word(), ident.unraw());
    quote! {
        #(#docs)*
        #[doc = ""]
        #[doc = #doc]
        #[inline]
        #vis fn #setter(mut self, value: impl #private::IntoValue<#ty>) -> Self {
            self.#ident = ::core::option::Option::Some(#private::IntoValue::into_value(value));
            self
        }
    }
}

/// `author_id(7)`: just the key, no parent is made.
fn key(emit: &Emit<'_>, attribute: &Attribute<'_>, relation: &Relation<'_>) -> TokenStream {
    let Attribute { ident, ty, setter, docs, .. } = attribute;
    let (vis, private, slot) = (emit.plan.item.vis, &emit.private, &relation.ident);
    let doc = format!("Overrides the {} `{}`: no parent is made.", attribute.place.word(), ident.unraw());
    let is_option = relation.option && types::option(ty).is_some();
    let doc = if relation.is_list() { format!("Overrides the field `{}`.", ident.unraw()) } else { doc };
    let link = if is_option {
        quote!(match __key {
            ::core::option::Option::Some(__key) => #private::Link::Set(__key),
            ::core::option::Option::None => #private::Link::Absent,
        })
    } else {
        quote!(#private::Link::Set(__key))
    };
    quote! {
        #(#docs)*
        #[doc = ""]
        #[doc = #doc]
        #[inline]
        #vis fn #setter(mut self, value: impl #private::IntoValue<#ty>) -> Self {
            let __key: #ty = #private::IntoValue::into_value(value);
            self.#slot.give(#link);
            self
        }
    }
}

/// `author(&user)`, `author(User::factory())`, `author_with(|author| ..)`, `without_author()`
fn parent(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    let (vis, private) = (emit.plan.item.vis, &emit.private);
    let Relation { ident, factory, docs, .. } = relation;
    let name = ident.unraw();
    let held = slot::held(emit, relation, usize::MAX);
    let mut parent = quote!(#private::IntoParent<#factory>);
    let (bound, given) = if relation.takes_key() {
        let key_of = slot::key_of(relation);
        (quote!(), quote!(Self::#key_of(::core::borrow::Borrow::borrow(&__parent))))
    } else if factories::asked(factory).is_some() {
        parent = quote!(#private::IntoHeld<#factory, #held>);
        (quote!(), quote!(<__P as #private::IntoHeld<#factory, #held>>::held(__parent)))
    } else {
        (quote!(where __P::Model: #private::IntoModel<#held>), quote!(#private::IntoModel::into_model(__parent)))
    };
    let (with, among) =
        (format_ident!("{name}_with", span = ident.span()), format_ident!("{name}_among", span = ident.span()));
    let without = format_ident!("without_{name}", span = ident.span());
    let (choice_bound, chosen, of) = if relation.takes_key() {
        let key_of = slot::key_of(relation);
        (quote!(), quote!(<#factory as #private::Record>::Model), quote!(Self::#key_of))
    } else {
        (quote!(where for<'__c> #held: ::core::clone::Clone), held.clone(), quote!(::core::clone::Clone::clone))
    };
    let among_doc = format!("The {name}: one of these models, at random; `among(&models)` has other ways to pick.");
    let doc = format!("The {name}: an existing one by reference, or the factory that makes it.");
    let with_doc = format!("Changes the factory that makes the {name}.");
    let without_doc = format!("Makes no {name}.");
    let without = relation.option.then(|| {
        quote! {
            #[doc = #without_doc]
            #[inline]
            #vis fn #without(mut self) -> Self {
                self.#ident.give(#private::Link::Absent);
                self
            }
        }
    });
    quote! {
        #(#docs)*
        #[doc = ""]
        #[doc = #doc]
        #[inline]
        #vis fn #ident<__P: #parent>(mut self, #ident: __P) -> Self #bound {
            self.#ident.give(match #private::IntoParent::into_parent(#ident) {
                #private::Given::Factory(__factory) => #private::Link::Make(::std::boxed::Box::new(__factory)),
                #private::Given::Model(__parent) => #private::Link::Set(#given),
            });
            self
        }

        #[doc = #among_doc]
        #vis fn #among(
            mut self,
            models: impl #private::IntoAmong<#chosen>,
        ) -> Self
        #choice_bound
        {
            self.#ident.give(#private::Link::Among(#private::IntoAmong::choose(models, #of)));
            self
        }

        #[doc = #with_doc]
        #[inline]
        #vis fn #with(mut self, change: impl ::core::ops::FnOnce(#factory) -> #factory) -> Self {
            #private::Link::change(&mut self.#ident, change);
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
    let slots: Vec<_> = attributes.chain(relations).map(slot::preset).collect();
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
