//! One word of an attribute and what belongs to it: `word`, `word(..)`, `word = ..`. Knows how a word is written, and says
//! so where it is not written like this.

use super::entries::{Entry, at_end};
use super::words::{self, Word};
use crate::diagnostics::{At, Diagnostics};
use proc_macro2::{Span, TokenStream};
use std::fmt::Display;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseBuffer, ParseStream};
use syn::{Ident, Token, Type, parenthesized, token};

/// A word that is known, where it stands, and how it is written.
#[derive(Clone, Copy)]
pub(crate) struct Keyword {
    pub(crate) text: &'static str,
    pub(crate) span: Span,
    usage: &'static str,
}

impl Keyword {
    /// The entry of a word in these tables.
    pub(crate) fn find(word: &Ident, known: &[&[Word]]) -> Option<Self> {
        let text = word.unraw().to_string();
        let (text, usage) = known.iter().find_map(|words| words::find(&text, words))?;
        Some(Self { text, span: word.span(), usage })
    }

    /// Reports what is wrong, and how the word is written.
    pub(crate) fn misused(self, at: impl At, what: impl Display, diagnostics: &Diagnostics) {
        diagnostics.error(at, format!("{what}; write `{}`", self.usage));
    }

    /// What is expected in it, and how it is written: for [`entries::read`](super::entries::read).
    pub(crate) fn expects(self, what: impl Display) -> String {
        format!("{what}; write `{}`", self.usage)
    }

    /// `word`
    pub(crate) fn bare(self, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry {
        if input.peek(token::Paren) || input.peek(Token![=]) {
            let other = if self.text == "default" { ", or `value(expression)` for a value of your own" } else { "" };
            diagnostics.error(self.span, format!("`{0}` takes no argument; write `{0}`{other}", self.text));
            return None;
        }
        Some(())
    }

    /// `word(..)`: reads what is in the parentheses, all of it.
    pub(crate) fn argument<T>(
        self,
        input: ParseStream<'_>,
        diagnostics: &Diagnostics,
        read: impl FnOnce(ParseStream<'_>) -> Entry<T>,
    ) -> Entry<T> {
        if !input.peek(token::Paren) {
            let what = if input.peek(Token![=]) { "takes its argument in parentheses" } else { "needs an argument" };
            self.misused(self.span, format_args!("`{}` {what}", self.text), diagnostics);
            return None;
        }
        let content = diagnostics.take(parenthesized(input))?;
        if content.is_empty() {
            self.misused(self.span, format_args!("`{}` needs an argument", self.text), diagnostics);
            return None;
        }
        let value = read(&content);
        // The rest is taken out in any case: syn would report it once more.
        let rest: TokenStream = content.parse().unwrap_or_default();
        if value.is_some() && !rest.is_empty() {
            self.misused(&rest, format_args!("`{}` takes no more than this", self.text), diagnostics);
            return None;
        }
        value
    }

    /// `word = ..`: reads what stands behind the sign.
    pub(crate) fn assigned<T>(
        self,
        input: ParseStream<'_>,
        diagnostics: &Diagnostics,
        read: impl FnOnce(ParseStream<'_>) -> Entry<T>,
    ) -> Entry<T> {
        let has_sign = input.parse::<Token![=]>().is_ok();
        if !has_sign || at_end(input) {
            let what = if has_sign || at_end(input) { "needs a value" } else { "takes its value behind a `=`" };
            self.misused(self.span, format_args!("`{}` {what}", self.text), diagnostics);
            return None;
        }
        read(input)
    }

    /// Reads the type of a value: `dyn Trait` has none as it is, nor has `impl Trait`.
    pub(crate) fn ty(self, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Type> {
        let ty = self.parse(input, diagnostics)?;
        if is_trait(&ty) {
            self.misused(&ty, "a trait is no type that a value can have", diagnostics);
            return None;
        }
        Some(ty)
    }

    /// Reads whatever syn knows.
    pub(crate) fn parse<T: Parse>(self, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<T> {
        if at_end(input) {
            self.misused(self.span, "something is missing", diagnostics);
            return None;
        }
        match input.parse() {
            Ok(value) => Some(value),
            Err(error) => {
                self.misused(error.span(), error, diagnostics);
                None
            }
        }
    }
}

/// `dyn Trait`, `impl Trait`
pub(crate) fn is_trait(ty: &Type) -> bool {
    matches!(ty, Type::TraitObject(_) | Type::ImplTrait(_))
}

fn parenthesized(input: ParseStream<'_>) -> syn::Result<ParseBuffer<'_>> {
    let content;
    parenthesized!(content in input);
    Ok(content)
}
