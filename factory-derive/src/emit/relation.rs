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
    let Emit { plan, impl_generics, where_clause, factory, .. } = emit;
    let relations = plan.relations.iter().enumerate().map(|(stage, relation)| one(emit, stage, relation));
    let keys: Vec<_> = plan.relations.iter().filter_map(|relation| key_of(emit, relation)).collect();
    let keys = (!keys.is_empty()).then(|| quote!(impl #impl_generics #factory #where_clause { #(#keys)* }));
    quote!(#(#relations)* #keys)
}

fn one(emit: &Emit<'_>, stage: usize, relation: &Relation<'_>) -> TokenStream {
    let private = &emit.private;
    let (factory, slot, name) = (relation.factory, &relation.ident, relation.ident.unraw().to_string());
    let held = slot::held(emit, relation, stage);
    let optional = relation.option.then(|| {
        quote!(
            const OPTIONAL: bool = true;
        )
    });
    let need = match relation.need {
        Need::Key(None) => quote!(Key),
        // A field of the parent stands in its model, not in its key.
        Need::Key(Some(_)) | Need::Model(_) => quote!(Model),
        Need::Whole | Need::List(_) => quote!(Whole),
    };
    let parts =
        [is_made(emit, relation), weaker(emit, relation), list(emit, relation, &held), hold(emit, relation, &held)];
    let body = quote! {
        type Parent = #factory;
        type Held = #held;
        const RELATION: &'static str = #name;
        const NEED: #private::Need = #private::Need::#need;
        #optional

        #[inline]
        fn link(&mut self) -> &mut #private::Link<#factory, #held> { &mut self.#slot }

        #(#parts)*
    };
    emit.implement(&quote!(#private::Relation<#stage>), &body)
}

/// The key of a parent's model, or the field that is pointed at; an error about its type stands under the field's name.
fn key_of(emit: &Emit<'_>, relation: &Relation<'_>) -> Option<TokenStream> {
    let (Need::Key(field) | Need::Model(field), Some(held)) = (relation.need, relation.held) else { return None };
    let private = &emit.private;
    let (name, factory, place) = (slot::key_of(relation), relation.factory, slot::place(relation));
    let key = match field {
        Some(field) => {
            let key = Ident::new("__key", field.span().resolved_at(Span::call_site()));
            quote!(let #key = #private::Clone::clone(&__parent.#field); #key)
        }
        None => quote_spanned!(place=> <#factory as #private::KeyedBy<#held>>::key_in(__parent)),
    };
    Some(quote!(fn #name(__parent: &#private::Model<#factory>) -> #held { #key }))
}

/// Whether there is a parent when nobody has said anything.
fn is_made(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    let always = relation.presets.iter().all(|(_, made, _)| matches!(made, Made::Always));
    if always && matches!(relation.made, Made::Always) {
        return TokenStream::new();
    }
    let (private, slot) = (&emit.private, &relation.ident);
    let is_made = by_preset(relation, |made, _| match made {
        Made::Always => quote!(true),
        Made::Never => quote!(false),
        Made::Chance(probability) => {
            let (hash, chance) = (emit.hash(slot), value::chance(emit, probability));
            quote!({ let mut __stream = __cx.stream(#hash); #chance })
        }
    });
    quote! {
        fn is_made(&self, __cx: &#private::Context<'_>) -> bool { #is_made }
    }
}

/// Whether nothing has to be made for the row: its parent is there, or there is none.
pub(crate) fn is_settled(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    let (private, slot) = (&emit.private, &relation.ident);
    let settled = quote!(#private::Link::is_settled(&self.#slot));
    let may_be_none = |made: Made<'_>| matches!(made, Made::Never);
    if !may_be_none(relation.made) && relation.presets.iter().all(|(_, made, _)| !may_be_none(*made)) {
        return settled;
    }
    let is_unset = quote!(#private::Link::is_unset(&self.#slot));
    if may_be_none(relation.made) && relation.presets.iter().all(|(_, made, _)| may_be_none(*made)) {
        return quote!((#settled || #is_unset));
    }
    let is_none = by_preset(relation, |made, _| if may_be_none(made) { is_unset.clone() } else { quote!(false) });
    quote!((#settled || #is_none))
}

/// The declared factory, which the caller's stands above, where the declaration says more of it than its type.
fn weaker(emit: &Emit<'_>, relation: &Relation<'_>) -> TokenStream {
    if relation.with.is_none() && relation.presets.iter().all(|(_, _, with)| with.is_none()) {
        return TokenStream::new();
    }
    let (private, factory) = (&emit.private, relation.factory);
    let weaker = by_preset(relation, |_, with| changed(emit, relation, with));
    quote! {
        const DETAILED: bool = true;

        #[allow(unused_variables)]
        fn weaker(&self, __cx: &#private::Context<'_>) -> #factory { #weaker }
    }
}

/// How many a list holds, and how it holds them.
fn list(emit: &Emit<'_>, relation: &Relation<'_>, held: &TokenStream) -> TokenStream {
    let Need::List(count) = relation.need else { return TokenStream::new() };
    let (private, factory, count) = (&emit.private, relation.factory, super::block(count));
    let span = held.span().resolved_at(Span::call_site());
    let all = quote_spanned!(span=> #private::Some(made.map(#private::made_model).collect::<#held>()));
    quote! {
        const LIST: bool = true;

        fn count(&self) -> usize #count

        fn hold_all(made: impl #private::Iterator<Item = #private::Made<#factory>>) -> #private::Option<#held> { #all }
    }
}

/// What the row keeps of what was made; an error about its type stands where the factory was named.
fn hold(emit: &Emit<'_>, relation: &Relation<'_>, held: &TokenStream) -> TokenStream {
    let (private, factory) = (&emit.private, relation.factory);
    let (place, key_of) = (slot::place(relation), slot::key_of(relation));
    let hold = match relation.need {
        Need::Key(None) => {
            let held = slot::key_type(relation);
            quote_spanned!(place=> <#factory as #private::KeyedBy<#held>>::key_made(&made))
        }
        Need::Key(Some(_)) => quote!(Self::#key_of(&#private::made_model(made))),
        Need::Whole if relation.held.is_some() => {
            quote_spanned!(place=> <#factory as #private::Makes<#held>>::whole(#private::made_model(made)))
        }
        Need::List(_) => return TokenStream::new(),
        Need::Model(_) | Need::Whole => quote!(#private::made_model(made)),
    };
    let key_of = relation.takes_key().then(|| {
        quote! {
            fn key_of() -> #private::Option<fn(&#private::Model<#factory>) -> #held> { #private::Some(Self::#key_of) }
        }
    });
    quote! {
        #[inline]
        fn hold(made: #private::Made<#factory>) -> #private::Option<#held> { #private::Some(#hold) }

        #key_of
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

/// The declared factory.
fn changed(emit: &Emit<'_>, relation: &Relation<'_>, with: Option<&Closure>) -> TokenStream {
    let (private, factory) = (&emit.private, relation.factory);
    let empty = quote!(<#factory as #private::Draft>::empty());
    let Some(with) = with else { return empty };
    let (params, arguments): (Vec<_>, Vec<_>) = with
        .params
        .iter()
        .skip(1)
        .filter_map(|param| {
            let (ty, value) = slot::argument(emit, &param.name, slot::place_of(param))?;
            let (name, ty) = (&param.name, param.ty.as_ref().map_or(ty, |ty| quote!(#ty)));
            Some((quote!(#name: #ty), value))
        })
        .unzip();
    let (parent, body) = (&with.params[0].name, super::block(&with.body));
    quote!((|#parent: #factory, #(#params),*| -> #factory #body)(#empty, #(#arguments),*))
}
