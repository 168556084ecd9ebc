//! A declaration as an expression of the attribute's type.

use super::{Emit, slot};
use crate::plan::{Attribute, Conversion, Value, types};
use crate::spec::{Closure, Declaration, Source, Template, Values};
use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, ExprPath, Ident, Lit, Type};

/// The attribute's value, by the preset that speaks for it or by its own declaration.
pub(crate) fn value(emit: &Emit<'_>, attribute: &Attribute<'_>) -> TokenStream {
    let Value::Declared { declaration, presets } = &attribute.value else { return TokenStream::new() };
    let own = declared(emit, attribute, *declaration);
    if presets.is_empty() {
        return own;
    }
    let (slot, arms) = (slot::preset(attribute.ident), arms(emit, attribute, presets, |value| value));
    quote!(match self.#slot { #(#arms)* _ => #own })
}

/// The value of an attribute that a backend fills, if a preset speaks for it; as an `Option`.
pub(crate) fn of_presets(emit: &Emit<'_>, attribute: &Attribute<'_>) -> Option<TokenStream> {
    let Value::Declared { presets, .. } = &attribute.value else { return None };
    if presets.is_empty() {
        return None;
    }
    let private = &emit.private;
    let slot = slot::preset(attribute.ident);
    let arms = arms(emit, attribute, presets, |value| quote!(#private::Some(#value)));
    Some(quote!(match self.#slot { #(#arms)* _ => #private::None }))
}

fn arms(
    emit: &Emit<'_>,
    attribute: &Attribute<'_>,
    presets: &[(u16, &Declaration)],
    wrap: impl Fn(TokenStream) -> TokenStream,
) -> Vec<TokenStream> {
    let arms = presets.iter().map(|(number, declaration)| {
        let value = wrap(declared(emit, attribute, Some(declaration)));
        quote!(#number => #value,)
    });
    arms.collect()
}

fn declared(emit: &Emit<'_>, attribute: &Attribute<'_>, declaration: Option<&Declaration>) -> TokenStream {
    let source = declaration.map_or(&Source::Auto, |declaration| &declaration.source);
    let value = Site { emit, attribute }.source(source, attribute.ty);
    if draws(source) {
        let hash = emit.hash(attribute.ident);
        quote!({ let mut __stream = __cx.stream(#hash); #value })
    } else {
        value
    }
}

/// Whether a declaration draws from the attribute's stream.
fn draws(source: &Source) -> bool {
    match source {
        Source::Fake(..) | Source::Choice(_) | Source::Weighted(_) | Source::Maybe(..) => true,
        Source::Lazy(closure) => closure.params.iter().any(|param| param.name.unraw() == "rng"),
        _ => false,
    }
}

/// The attribute that a value is for.
struct Site<'s> {
    emit: &'s Emit<'s>,
    attribute: &'s Attribute<'s>,
}

impl Site<'_> {
    fn source(&self, source: &Source, ty: &Type) -> TokenStream {
        let private = &self.emit.private;
        match source {
            Source::Auto => self.auto(ty),
            Source::AutoFrom(place, from) => self.auto_from(*place, from.as_ref(), ty),
            Source::Value(expr) => self.constant(expr, ty),
            Source::Default => quote_spanned!(ty.span()=> <#ty as ::core::default::Default>::default()),
            Source::Sequence(None) => quote!(<#ty as #private::Numbered>::numbered(__cx.n())),
            Source::Sequence(Some(closure)) => call(closure, ty, |name| Some(number(name))),
            Source::Lazy(closure) => call(closure, ty, |name| self.lazy_argument(name)),
            Source::Format(template) => self.format(template, ty),
            Source::Fake(faker, unique) => self.fake(faker, *unique, ty),
            Source::Cycle(values) => self.one_of(values, ty, &|len| quote!(#private::cycle(__cx.n(), #len))),
            Source::Choice(values) => self.one_of(values, ty, &|len| quote!(#private::choice(&mut __stream, #len))),
            Source::Weighted(pairs) => self.weighted(pairs, ty),
            Source::Maybe(probability, inner) => {
                let inner_ty = types::option(ty).unwrap_or(ty);
                let inner = self.source(&inner.source, inner_ty);
                let chance = chance(self.emit, probability);
                quote!(if #chance { ::core::option::Option::Some(#inner) } else { ::core::option::Option::None })
            }
            // Relations have no value of their own.
            Source::SubFactory(_) | Source::List(..) | Source::Bare(_) => TokenStream::new(),
        }
    }

    fn auto(&self, ty: &Type) -> TokenStream {
        let private = &self.emit.private;
        let is_key = self.attribute.key && self.attribute.declaration().is_none();
        let attribute = self.row(&if is_key { quote!(key) } else { quote!(attribute) });
        if let Some(Conversion::As(through)) = self.attribute.conversion {
            return quote_spanned!(ty.span()=> {
                #[allow(unused_imports)]
                use #private::AutoThrough as _;
                #private::AutoAs::<#ty, #through>::new().auto(&#attribute)
            });
        }
        quote_spanned!(ty.span()=> <#ty as #private::Auto>::auto(&#attribute))
    }

    /// What the core sees of the attribute in this row.
    fn row(&self, context: &TokenStream) -> TokenStream {
        let (hash, name) = (self.emit.hash(self.attribute.ident), self.attribute.ident.unraw().to_string());
        quote!(__cx.#context(#hash, #name))
    }

    /// Who writes `auto(from)` at an `Option` wants a value: its own automatic one is `None`.
    fn auto_from(&self, place: Span, from: Option<&Type>, ty: &Type) -> TokenStream {
        let (attribute, inner) = (self.row(&quote!(attribute)), types::option(ty));
        let made = inner.unwrap_or(ty);
        let place = super::place(from.map_or(place, Spanned::span));
        let private = self.emit.private_at(place);
        let value = match from {
            Some(from) => quote_spanned!(place=> #private::auto_from::<#made, #from>(&#attribute)),
            None => quote_spanned!(place=> #private::Guess::<#made>::new().auto(&#attribute)),
        };
        inner.map_or_else(|| value.clone(), |_| quote!(::core::option::Option::Some(#value)))
    }

    fn lazy_argument(&self, name: &Ident) -> Option<(TokenStream, TokenStream)> {
        let (private, place) = (&self.emit.private, super::place(name.span()));
        slot::argument(self.emit, name).or_else(|| match name.unraw().to_string().as_str() {
            "n" => Some(number(name)),
            "rng" => Some((quote!(&mut #private::Stream), quote_spanned!(place=> &mut __stream))),
            "now" => Some((quote!(#private::Now), quote_spanned!(place=> __cx.now()))),
            _ => None,
        })
    }

    fn format(&self, template: &Template, ty: &Type) -> TokenStream {
        let (literal, private, place) = (&template.literal, &self.emit.private, super::place(template.literal.span()));
        let holes = template.holes.iter().map(|hole| {
            let (_, value) = slot::argument(self.emit, &hole.name).unwrap_or_else(|| number(&hole.name));
            let fields = &hole.fields;
            quote_spanned!(place=> (#value) #(.#fields)*)
        });
        let text = Ident::new("__text", place);
        quote!({
            let #text = #private::format!(#literal, #(#holes),*);
            let __value: #ty = #private::text(#text);
            __value
        })
    }

    fn fake(&self, faker: &Expr, unique: Option<Span>, ty: &Type) -> TokenStream {
        let (krate, inner) = (&self.emit.plan.names.krate, types::option(ty));
        let made = inner.unwrap_or(ty);
        let value = quote!(#krate::__fake!(#made, #faker, __stream));
        let value = match unique.map(super::place) {
            Some(place) => {
                let private = self.emit.private_at(place);
                let unique = quote_spanned!(place=> #private::unique(__value, __cx.n()));
                quote!({ let __value = #value; #unique })
            }
            None => value,
        };
        if inner.is_some() { quote!(::core::option::Option::Some(#value)) } else { value }
    }

    fn one_of(&self, values: &Values, ty: &Type, index: &dyn Fn(TokenStream) -> TokenStream) -> TokenStream {
        match values {
            Values::Listed(values) => {
                let len = values.len();
                self.pick(&index(quote!(#len)), values, ty)
            }
            Values::Constant(path) => self.one_of_constant(path, ty, index),
        }
    }

    fn one_of_constant(&self, path: &ExprPath, ty: &Type, index: &dyn Fn(TokenStream) -> TokenStream) -> TokenStream {
        let (private, place) = (&self.emit.private, super::place(path.span()));
        let index = index(quote!(__values.len()));
        let message = format!("`{}` is empty; give it at least one value to choose from", quote!(#path));
        let checked = checked(
            self.emit,
            &quote!(#path),
            &quote!(()),
            &quote_spanned!(place=> ::core::assert!(!#path.is_empty(), #message)),
        );
        let value = Ident::new("__value", place);
        quote!({
            let () = #checked;
            let __values = &#path;
            let #value = ::core::clone::Clone::clone(&__values[#index]);
            #private::IntoValue::<#ty>::into_value(#value)
        })
    }

    /// A string literal is converted, any other expression has the type.
    fn constant(&self, expr: &Expr, ty: &Type) -> TokenStream {
        let private = &self.emit.private;
        match (expr, types::option(ty)) {
            (Expr::Lit(ExprLit { lit: Lit::Str(text), .. }), Some(inner)) => {
                quote!({ let __value: #inner = #private::text(#text); ::core::option::Option::Some(__value) })
            }
            (Expr::Lit(ExprLit { lit: Lit::Str(text), .. }), None) => {
                quote!({ let __value: #ty = #private::text(#text); __value })
            }
            _ => quote!({ let __value: #ty = #expr; __value }),
        }
    }

    /// The value at an index, the others not evaluated.
    fn pick<'v>(&self, index: &TokenStream, values: impl IntoIterator<Item = &'v Expr>, ty: &Type) -> TokenStream {
        let values: Vec<_> = values.into_iter().map(|value| self.constant(value, ty)).collect();
        let Some((last, others)) = values.split_last() else { return TokenStream::new() };
        let numbers = 0..others.len();
        quote!(match #index { #(#numbers => #others,)* _ => #last })
    }

    fn weighted(&self, pairs: &[(Expr, Expr)], ty: &Type) -> TokenStream {
        let private = &self.emit.private;
        let (weights, len): (Vec<_>, _) = (pairs.iter().map(|(weight, _)| weight).collect(), pairs.len());
        let place = weights.first().map_or_else(Span::call_site, |weight| super::place(weight.span()));
        let at = self.emit.private_at(place);
        let check = quote_spanned!(place=> #at::check_weights(&__weights));
        let weights = checked(
            self.emit,
            &quote!(#(#weights),*),
            &quote!([u32; #len]),
            &quote!({
                let __weights = [#(#weights),*];
                #check;
                __weights
            }),
        );
        let index = quote!(#private::weighted(&mut __stream, &#weights));
        self.pick(&index, pairs.iter().map(|(_, value)| value), ty)
    }
}

/// The user's closure, called at once; its parameters have types, so that its body can call methods on them.
fn call(closure: &Closure, ty: &Type, argument: impl Fn(&Ident) -> Option<(TokenStream, TokenStream)>) -> TokenStream {
    let (params, arguments): (Vec<_>, Vec<_>) = closure
        .params
        .iter()
        .filter_map(|param| {
            let (ty, value) = argument(&param.name)?;
            let (name, ty) = (&param.name, param.ty.as_ref().map_or(ty, |ty| quote!(#ty)));
            Some((quote!(#name: #ty), value))
        })
        .unzip();
    let body = super::block(&closure.body);
    quote!((|#(#params),*| -> #ty #body)(#(#arguments),*))
}

/// The row's number, at the place where a declaration names it.
fn number(name: &Ident) -> (TokenStream, TokenStream) {
    (quote!(u64), quote_spanned!(super::place(name.span())=> __cx.n()))
}

/// Whether something with this probability happens now; checked when it is compiled.
pub(crate) fn chance(emit: &Emit<'_>, probability: &Expr) -> TokenStream {
    let (private, place) = (&emit.private, super::place(probability.span()));
    let at = emit.private_at(place);
    let check = quote_spanned!(place=> #at::check_probability(#probability));
    let probability = checked(emit, &quote!(#probability), &quote!(f64), &check);
    quote!(#private::chance(&mut __stream, #probability))
}

/// A constant. As an item `cargo check` computes it too, and not only `cargo build`; but an item knows no generics.
fn checked(emit: &Emit<'_>, written: &TokenStream, ty: &TokenStream, value: &TokenStream) -> TokenStream {
    if types::names_parameter(written.clone(), emit.plan.item.generics) {
        quote!(const { #value })
    } else {
        quote!({ const __CHECKED: #ty = #value; __CHECKED })
    }
}

/// The clones of what a hook reads, and the hook's arguments made of them.
pub(crate) fn hook_arguments(
    emit: &Emit<'_>,
    closure: &Closure,
) -> (Vec<TokenStream>, Vec<TokenStream>, Vec<TokenStream>) {
    let private = &emit.private;
    let (mut clones, mut params, mut arguments) = (Vec::new(), Vec::new(), Vec::new());
    for (i, param) in closure.params.iter().enumerate().skip(1) {
        let Some((ty, value)) = slot::argument(emit, &param.name) else { continue };
        let (clone, name) = (format_ident!("__argument_{i}"), &param.name);
        let ty = param.ty.as_ref().map_or(ty.clone(), |ty| quote!(#ty));
        params.push(quote!(#name: #ty));
        if ty.to_string().starts_with('&') {
            clones.push(quote!(let #clone = ::core::clone::Clone::clone(#value);));
            arguments.push(quote!(&#clone));
        } else {
            clones.push(quote!(let #clone = #private::cloned(#value);));
            arguments.push(quote!(::core::option::Option::as_ref(&#clone)));
        }
    }
    (clones, params, arguments)
}
