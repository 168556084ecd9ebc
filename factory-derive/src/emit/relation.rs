//! What a relation asks for, and what it does with what was made.

use super::{Emit, slot, value};
use crate::plan::{Made, Need, Relation};
use crate::spec::Closure;
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt;
use syn::spanned::Spanned;

pub(crate) fn all(emit: &Emit<'_>) -> TokenStream {
    let relations = emit.plan.relations.iter().enumerate().map(|(stage, relation)| one(emit, stage, relation));
    quote!(#(#relations)*)
}

fn one(emit: &Emit<'_>, stage: usize, relation: &Relation<'_>) -> TokenStream {
    let private = &emit.private;
    let (factory, name) = (relation.factory, relation.ident.unraw().to_string());
    let need = match relation.need {
        Need::Key(None) => quote!(Key),
        // A field of the parent stands in its model, not in its key.
        Need::Key(Some(_)) | Need::Model(_) => quote!(Model),
        Need::Whole | Need::List(_) => quote!(Whole),
    };
    let (orders, order, settle) = match relation.need {
        Need::List(count) => list(emit, stage, relation, count),
        _ => link(emit, relation),
    };
    let build = build(emit, stage, relation);
    let body = quote! {
        type Parent = #factory;
        type Orders = #orders;
        const RELATION: &'static str = #name;
        const NEED: #private::Need = #private::Need::#need;

        #[inline]
        fn order(&mut self, __cx: &#private::Context<'_>) -> Self::Orders {
            #order
        }

        #[inline]
        fn settle(&mut self, mut made: impl ::core::iter::Iterator<Item = #private::Made<#factory>>) {
            #settle
        }

        #build
    };
    let relation_impl = emit.implement(&quote!(#private::Relation<#stage>), &body);
    let key_of = key_of(emit, relation);
    quote!(#relation_impl #key_of)
}

/// The key of a parent's model, or the field that is pointed at; an error about its type stands under the field's name.
fn key_of(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    let (Need::Key(field) | Need::Model(field), Some(held)) = (relation.need, relation.held) else {
        return TokenStream::new();
    };
    let Emit { private, impl_generics, factory: this, where_clause, quiet, .. } = emit;
    let (name, factory, place) = (slot::key_of(relation), relation.factory, slot::place(relation));
    let key = match field {
        Some(field) => {
            let key = Ident::new("__key", field.span().resolved_at(Span::call_site()));
            quote!({ let #key = ::core::clone::Clone::clone(&__parent.#field); #key })
        }
        None => quote_spanned!(place=> <#factory as #private::KeyedBy<#held>>::key_in(__parent)),
    };
    quote! {
        #quiet
        impl #impl_generics #this #where_clause {
            #[inline]
            fn #name(__parent: &<#factory as #private::Record>::Model) -> #held { #key }
        }
    }
}

fn link(emit: &Emit<'_>, relation: &Relation<'_>) -> (TokenStream, TokenStream, TokenStream) {
    let (private, factory, slot) = (&emit.private, relation.factory, &relation.ident);
    let default = by_preset(relation, |made, _| match made {
        Made::Always => quote!(true),
        Made::Never => quote!(false),
        Made::Chance(probability) => {
            let (hash, chance) = (emit.hash(slot), value::chance(emit, probability));
            quote!({ let mut __stream = __cx.stream(#hash); #chance })
        }
    });
    let weaker = by_preset(relation, |_, with| weaker(emit, relation, with));
    let orders = quote!(::core::option::Option<#factory>);
    let order = quote! {
        if !#private::Link::is_open(&self.#slot, #default) {
            return ::core::option::Option::None;
        }
        let __weaker = #weaker;
        ::core::option::Option::Some(#private::Link::order(&mut self.#slot, __weaker))
    };
    let (held, place, key_of) = (slot::held(emit, relation), slot::place(relation), slot::key_of(relation));
    let parent = match relation.need {
        Need::Key(None) => quote_spanned!(place=> <#factory as #private::KeyedBy<#held>>::key_made(&__made)),
        Need::Key(Some(_)) => quote!(Self::#key_of(&#private::made_model(__made))),
        Need::Whole if relation.held.is_some() => {
            quote_spanned!(place=> <#factory as #private::Makes<#held>>::whole(#private::made_model(__made)))
        }
        _ => quote!(#private::made_model(__made)),
    };
    let settle = quote! {
        if let ::core::option::Option::Some(__made) = made.next() {
            let __parent: #held = #parent;
            self.#slot = #private::Link::Set(__parent);
        }
    };
    (orders, order, settle)
}

/// The shortest way in memory: the parent goes from one slot into the other, past everything that batches need.
fn build(emit: &Emit<'_>, stage: usize, relation: &Relation<'_>) -> TokenStream {
    if relation.is_list() {
        return TokenStream::new();
    }
    let (private, slot, held) = (&emit.private, &relation.ident, slot::held(emit, relation));
    let (factory, place, key_of) = (relation.factory, slot::place(relation), slot::key_of(relation));
    let value = match relation.need {
        Need::Key(_) => quote!(Self::#key_of(&__model)),
        Need::Whole if relation.held.is_some() => {
            quote_spanned!(place=> <#factory as #private::Makes<#held>>::whole(__model))
        }
        _ => quote!(__model),
    };
    let factory = relation.factory;
    let is_plain = matches!(relation.made, Made::Always) && relation.with.is_none() && relation.presets.is_empty();
    // A factory that nobody has touched is not handed around: the compiler then sees that nothing is overridden.
    let plain = is_plain.then(|| {
        quote! {
            if #private::Link::is_unset(&self.#slot) {
                let __model = <#factory as #private::Draft>::build_new(__cx.session());
                let __held: #held = #value;
                self.#slot = #private::Link::Set(__held);
                return;
            }
        }
    });
    quote! {
        #[inline]
        fn build(&mut self, __cx: &#private::Context<'_>) {
            #plain
            if let ::core::option::Option::Some(__parent) = <Self as #private::Relation<#stage>>::order(self, __cx) {
                let __model = #private::Draft::build_in(__parent, __cx.session());
                let __held: #held = #value;
                self.#slot = #private::Link::Set(__held);
            }
        }
    }
}

/// What a preset says of the relation, or what its declaration says.
fn by_preset<'a>(relation: &Relation<'a>, of: impl Fn(Made<'a>, Option<&'a Closure>) -> TokenStream) -> TokenStream {
    let own = of(relation.made, relation.with);
    if relation.presets.is_empty() {
        return own;
    }
    let slot = slot::preset(&relation.ident);
    let arms = relation.presets.iter().map(|(number, made, with)| {
        let value = of(*made, with.or(relation.with));
        quote!(#number => #value,)
    });
    quote!(match self.#slot { #(#arms)* _ => #own })
}

/// The declared factory, which the caller's stands above.
fn weaker(emit: &Emit<'_>, relation: &Relation<'_>, with: Option<&Closure>) -> TokenStream {
    let (private, factory) = (&emit.private, relation.factory);
    let empty = quote!(<#factory as #private::Draft>::empty());
    let Some(with) = with else { return empty };
    let (params, arguments): (Vec<_>, Vec<_>) = with
        .params
        .iter()
        .skip(1)
        .filter_map(|param| {
            let (ty, value) = slot::argument(emit, &param.name)?;
            let (name, ty) = (&param.name, param.ty.as_ref().map_or(ty, |ty| quote!(#ty)));
            Some((quote!(#name: #ty), value))
        })
        .unzip();
    let (parent, body) = (&with.params[0].name, &with.body);
    quote!((|#parent: #factory, #(#params),*| -> #factory { #body })(#empty, #(#arguments),*))
}

fn list(
    emit: &Emit<'_>,
    stage: usize,
    relation: &Relation<'_>,
    count: &syn::Expr,
) -> (TokenStream, TokenStream, TokenStream) {
    let (private, factory, slot) = (&emit.private, relation.factory, &relation.ident);
    let ty = slot::list_type(emit, stage);
    let orders = quote!(::core::iter::Take<::core::iter::RepeatWith<fn() -> #factory>>);
    let order = quote! {
        let __count: usize = if ::core::option::Option::is_none(&self.#slot) { #count } else { 0 };
        ::core::iter::repeat_with(<#factory as #private::Draft>::empty as fn() -> #factory).take(__count)
    };
    let span = ty.span().resolved_at(Span::call_site());
    let settle = quote_spanned! {span=>
        if ::core::option::Option::is_none(&self.#slot) {
            let __list: #ty = made.map(#private::made_model).collect();
            self.#slot = ::core::option::Option::Some(__list);
        }
    };
    (orders, order, settle)
}
