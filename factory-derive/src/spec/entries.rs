//! `word, word(..), word = ..`: the grammar of an attribute, read so that one mistake does not hide the next.

use super::words;
use crate::diagnostics::Diagnostics;
use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Ident, Token, parenthesized, token};

/// What became of one entry: `None` when a mistake in it was reported.
pub(crate) type Entry<T = ()> = Option<T>;

/// Reads entries up to the end, and goes on after a faulty one.
pub(crate) fn read(input: ParseStream<'_>, diagnostics: &Diagnostics, mut entry: impl FnMut(Ident, ParseStream<'_>) -> Entry) {
    while !input.is_empty() {
        let sound = match diagnostics.take(input.call(Ident::parse_any)) {
            Some(word) => entry(word, input).is_some(),
            None => false,
        };
        let rest = skip(input);
        if sound && !rest.is_empty() {
            diagnostics.error(rest.span(), "expected `,` before this");
        }
        if input.parse::<Token![,]>().is_err() {
            break;
        }
    }
}

/// Everything up to the next comma.
fn skip(input: ParseStream<'_>) -> TokenStream {
    let mut skipped = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        match input.parse::<TokenTree>() {
            Ok(token) => skipped.extend([token]),
            Err(_) => break,
        }
    }
    skipped
}

/// `word(..)`: reads what is in the parentheses, all of it.
pub(crate) fn argument<T>(
    word: &Ident,
    input: ParseStream<'_>,
    diagnostics: &Diagnostics,
    read: impl FnOnce(ParseStream<'_>) -> Entry<T>,
) -> Entry<T> {
    if !input.peek(token::Paren) {
        diagnostics.error(word.span(), format!("`{word}` needs an argument: `{}`", usage(word)));
        return None;
    }
    let content = diagnostics.take(content(input))?;
    if content.is_empty() {
        diagnostics.error(word.span(), format!("`{word}` needs an argument: `{}`", usage(word)));
        return None;
    }
    let value = read(&content);
    // The rest is taken out in any case: syn would report it once more.
    let rest: TokenStream = content.parse().unwrap_or_default();
    if value.is_some() && !rest.is_empty() {
        diagnostics.error(rest.span(), format!("unexpected in `{word}`; it is written `{}`", usage(word)));
        return None;
    }
    value
}

fn content(input: ParseStream<'_>) -> syn::Result<syn::parse::ParseBuffer<'_>> {
    let content;
    parenthesized!(content in input);
    Ok(content)
}

/// `word = ..`: reads what stands behind the sign.
pub(crate) fn assigned<T>(
    word: &Ident,
    input: ParseStream<'_>,
    diagnostics: &Diagnostics,
    read: impl FnOnce(ParseStream<'_>) -> Entry<T>,
) -> Entry<T> {
    if !input.peek(Token![=]) {
        diagnostics.error(word.span(), format!("`{word}` is written `{}`", usage(word)));
        return None;
    }
    diagnostics.take(input.parse::<Token![=]>())?;
    read(input)
}

/// A word that takes nothing.
pub(crate) fn bare(word: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry {
    if input.peek(token::Paren) || input.peek(Token![=]) {
        diagnostics.error(word.span(), format!("`{word}` takes no argument"));
        return None;
    }
    Some(())
}

/// Reads whatever syn knows, its error reported.
pub(crate) fn parse<T: Parse>(input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<T> {
    diagnostics.take(input.parse())
}

/// Reports a word that is none of `known`.
pub(crate) fn unknown(kind: &str, word: &Ident, known: &[&[&str]], diagnostics: &Diagnostics) {
    let known = known.iter().flat_map(|words| words.iter().copied());
    diagnostics.error(word.span(), words::unknown(kind, &word.unraw().to_string(), known));
}

/// How a word is written.
fn usage(word: &Ident) -> &'static str {
    match word.to_string().as_str() {
        "value" => "value(expression)",
        "sequence" => "sequence(|n| expression)",
        "lazy" => "lazy(|attribute, ..| expression)",
        "format" => "format(\"text {attribute} {n}\")",
        "fake" => "fake(Faker())",
        "cycle" => "cycle([a, b, ..])",
        "choice" => "choice([a, b, ..])",
        "weighted" => "weighted([(3, a), (1, b)])",
        "maybe" => "maybe(0.3, declaration)",
        "sub_factory" => "sub_factory(UserFactory)",
        "list" => "list(UserFactory, 3)",
        "table" => "table = \"users\"",
        "column" => "column = \"name\"",
        "param" => "param(name: Type = declaration)",
        "preset" => "preset(name: attribute = declaration, ..)",
        "after_build" => "after_build(|model, attribute, ..| statement)",
        "construct" => "construct = |attribute, ..| expression",
        "crate" => "crate = path",
        "setter" => "setter = name",
        "key" => "key = field",
        "name" => "name = relation",
        "with" => "with = |parent, attribute, ..| parent.setter(..)",
        _ => "word(argument)",
    }
}
