//! The entries of an attribute, one after the other, so that one mistake does not hide the next.

use super::identifier;
use super::keyword::Keyword;
use super::words::{self, Word};
use crate::diagnostics::Diagnostics;
use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Ident, Meta, Token};

/// What became of one entry: `None` when a mistake in it was reported.
pub(crate) type Entry<T = ()> = Option<T>;

/// Reads the entries of every `#[factory(..)]` among these attributes. `false` when one was faulty.
pub(crate) fn all(
    attrs: &[Attribute],
    example: &str,
    diagnostics: &Diagnostics,
    mut entry: impl FnMut(&Ident, ParseStream<'_>) -> Entry,
) -> bool {
    let mut sound = true;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("factory")) {
        if !matches!(attr.meta, Meta::List(_)) {
            diagnostics
                .error(&attr.meta, format!("`factory` takes its words in parentheses; write `#[factory({example})]`"));
            sound = false;
            continue;
        }
        let expected = format!("a word, as in `{example}`");
        let read = attr.parse_args_with(|input: ParseStream<'_>| Ok(read(input, &expected, diagnostics, &mut entry)));
        sound &= diagnostics.take(read).unwrap_or(false);
    }
    sound
}

/// Reads entries up to the end, and goes on after a faulty one; `expected` is what each of them begins with. `false` when
/// one was faulty.
pub(crate) fn read(
    input: ParseStream<'_>,
    expected: &str,
    diagnostics: &Diagnostics,
    mut entry: impl FnMut(&Ident, ParseStream<'_>) -> Entry,
) -> bool {
    let mut all_sound = true;
    while !input.is_empty() {
        let text = skip(&input.fork());
        let word = input.call(Ident::parse_any).ok();
        let sound = match &word {
            Some(word) => entry(word, input).is_some(),
            None => {
                diagnostics.error(input.span(), format!("expected {expected}"));
                false
            }
        };
        let rest = skip(input);
        if let Some(word) = word.filter(|_| sound && !rest.is_empty()) {
            diagnostics.error(&rest, format!("unexpected after `{word}`; put a `,` between two entries"));
        }
        if !sound || !rest.is_empty() {
            all_sound = false;
            diagnostics.doubt(text);
        }
        if input.parse::<Token![,]>().is_err() {
            break;
        }
    }
    all_sound
}

/// Everything up to the next comma.
fn skip(input: ParseStream<'_>) -> TokenStream {
    let mut skipped = TokenStream::new();
    while !at_end(input) {
        match input.parse::<TokenTree>() {
            Ok(token) => skipped.extend([token]),
            Err(_) => break,
        }
    }
    skipped
}

/// Whether an entry is over.
pub(crate) fn at_end(input: ParseStream<'_>) -> bool {
    input.is_empty() || input.peek(Token![,])
}

/// What was read as a word, as the name of something: raw where it is a keyword.
pub(crate) fn name(word: &Ident, diagnostics: &Diagnostics) -> Entry<Ident> {
    let name = identifier(&word.unraw().to_string(), word.span());
    if name.is_none() {
        diagnostics.error(word.span(), format!("`{word}` cannot be a name; take another"));
    }
    name
}

/// Reports a word that is in none of these tables, and reads on as though the nearest one stood there, in silence: what
/// else could be said would merely follow.
pub(crate) fn unknown(
    kind: &str,
    word: &Ident,
    known: &[&[Word]],
    diagnostics: &Diagnostics,
    as_though: impl FnOnce(Keyword, &Diagnostics),
) {
    let text = word.unraw().to_string();
    let texts = words::texts(known);
    diagnostics.error(word.span(), words::unknown(kind, &text, &texts));
    let nearest = words::nearest(&text, &texts).map(|nearest| Ident::new(nearest, word.span()));
    if let Some(meant) = nearest.and_then(|nearest| Keyword::find(&nearest, known)) {
        as_though(meant, &Diagnostics::muted());
    }
}

/// The one option that may stand here.
pub(crate) fn option(input: ParseStream<'_>, known: &[Word], diagnostics: &Diagnostics) -> Entry<Keyword> {
    let start = input.span();
    match input.call(Ident::parse_any) {
        Ok(word) => {
            let found = Keyword::find(&word, &[known]);
            if found.is_none() {
                unknown("option", &word, &[known], diagnostics, |_, _| {});
            }
            found
        }
        Err(_) => {
            let usage = known.first().map_or("", |(_, usage)| usage);
            diagnostics.error(start, format!("expected an option; write `{usage}`"));
            None
        }
    }
}
