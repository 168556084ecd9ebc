//! What a factory tells of its presets, and of the attributes that may have variants.

use super::Emit;
use crate::plan::{Attribute, Value, types};
use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;

pub(crate) fn all(emit: &Emit<'_>) -> TokenStream {
    let (presets, cover) = (presets(emit), cover(emit));
    quote!(#presets #cover)
}

fn presets(emit: &Emit<'_>) -> TokenStream {
    let Emit { plan, private, .. } = emit;
    if plan.presets.is_empty() {
        return TokenStream::new();
    }
    let presets = plan.presets.iter().map(|preset| {
        let (method, name, changes) = (preset.name, preset.name.unraw().to_string(), changes(emit, preset.number));
        quote!(#private::Preset::new(#name, Self::#method, &[#(#changes),*]))
    });
    quote! {
        fn presets() -> ::std::vec::Vec<#private::Preset<Self>> {
            ::std::vec::Vec::from([#(#presets),*])
        }
    }
}

/// The names of what a preset speaks for, by itself or by those that it enables.
fn changes(emit: &Emit<'_>, number: u16) -> Vec<String> {
    let presets = &emit.plan.presets;
    let mut enabled = vec![number];
    let mut done = 0;
    while let Some(preset) = enabled.get(done).and_then(|number| presets.iter().find(|preset| preset.number == *number))
    {
        done += 1;
        let others = presets.iter().filter(|other| preset.others.iter().any(|name| name.unraw() == other.name.unraw()));
        let others: Vec<_> = others.map(|other| other.number).filter(|number| !enabled.contains(number)).collect();
        enabled.extend(others);
    }
    let attributes = emit.plan.attributes.iter().filter_map(|attribute| match &attribute.value {
        Value::Declared { presets, .. } => presets.iter().any(|(n, _)| enabled.contains(n)).then_some(attribute.ident),
        Value::Parent(_) => None,
    });
    let relations =
        emit.plan.relations.iter().filter(|relation| relation.presets.iter().any(|(n, ..)| enabled.contains(n)));
    attributes.chain(relations.map(|relation| &relation.ident)).map(|name| name.unraw().to_string()).collect()
}

fn cover(emit: &Emit<'_>) -> TokenStream {
    let private = &emit.private;
    let asked: Vec<_> = emit.plan.attributes.iter().filter(|attribute| may_have_variants(emit, attribute)).collect();
    if asked.is_empty() {
        return TokenStream::new();
    }
    let slots = asked.into_iter().map(|attribute| {
        let (ident, name) = (attribute.ident, emit.full_name(attribute.ident));
        quote!(#private::Cover(&mut self.#ident).cover(__row, #name);)
    });
    quote! {
        fn cover(&mut self, __row: &mut #private::Covering<'_>) {
            #(#slots)*
        }
    }
}

fn may_have_variants(emit: &Emit<'_>, attribute: &Attribute<'_>) -> bool {
    let ty = types::option(attribute.ty).unwrap_or(attribute.ty);
    matches!(attribute.value, Value::Declared { .. }) && types::may_be_own(ty) && {
        let params = emit.plan.item.generics.type_params();
        !params.into_iter().any(|param| types::is_named(ty, &param.ident))
    }
}
