//! Children, as they were written: `has_many`, `has_one`, `many_to_many`.

use super::entries::{self, Entry};
use super::keyword::{Keyword, is_trait};
use super::words;
use crate::diagnostics::Diagnostics;
use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, Ident, Token, Type, token};

/// `has_many(name: Factory = number, by = relation)`
pub(crate) struct Children {
    pub(crate) word: &'static str,
    pub(crate) name: Ident,
    pub(crate) factory: Type,
    pub(crate) wired: Wired,
    /// What is made when nothing is said.
    pub(crate) default: Option<Expr>,
}

/// How a child points back.
pub(crate) enum Wired {
    /// By this relation.
    By(Ident),
    /// By a row between: its factory, and its relations here and there.
    Through(Box<Through>),
}

/// `PostTagFactory(post, tag)`
pub(crate) struct Through {
    pub(crate) factory: Type,
    pub(crate) here: Ident,
    pub(crate) there: Ident,
}

impl Children {
    /// Reads what is in the parentheses.
    pub(crate) fn read(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Self> {
        let start = input.span();
        let Ok(name) = input.call(Ident::parse_any) else {
            word.misused(start, "the children need a name", diagnostics);
            return None;
        };
        let name = entries::name(&name, diagnostics)?;
        if input.parse::<Token![:]>().is_err() {
            word.misused(name.span(), format_args!("`{name}` needs a `:` and a factory"), diagnostics);
            return None;
        }
        let start = input.span();
        let Some(factory) = input.parse::<Type>().ok().filter(|factory| !is_trait(factory)) else {
            word.misused(start, "expected the type of a factory", diagnostics);
            return None;
        };
        let default = number(word, input, diagnostics)?;
        let _ = input.parse::<Token![,]>();
        let mut wired = None;
        let sound = entries::read(input, &word.expects("`by` or `through`"), diagnostics, |option, input| {
            let option = Keyword::find(option, &[words::CHILDREN]).or_else(|| {
                entries::unknown("option", option, &[words::CHILDREN], diagnostics, |_, _| {});
                None
            })?;
            let how = match option.text {
                "by" => Wired::By(option.assigned(input, diagnostics, |input| option.parse(input, diagnostics))?),
                _ => {
                    let through =
                        option.assigned(input, diagnostics, |input| Through::read(option, input, diagnostics))?;
                    Wired::Through(Box::new(through))
                }
            };
            fits(word, option, diagnostics)?;
            wired = Some(how);
            Some(())
        });
        if wired.is_none() && sound {
            let missing = if word.text == "many_to_many" { "through" } else { "by" };
            word.misused(name.span(), format_args!("`{}` does not say `{missing}` what", word.text), diagnostics);
        }
        Some(Self { word: word.text, name, factory, wired: wired?, default })
    }

    /// Reads the number behind the parentheses.
    pub(crate) fn read_default(&mut self, word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry {
        if let Some(default) = number(word, input, diagnostics)? {
            self.default = Some(default);
        }
        Some(())
    }
}

/// `= 3`, or nothing.
fn number(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Option<Expr>> {
    let Ok(sign) = input.parse::<Token![=]>() else { return Some(None) };
    if entries::at_end(input) {
        diagnostics.error(&sign, "a number is missing behind the `=`; write one, or leave the `=` out");
        return None;
    }
    word.parse(input, diagnostics).map(Some)
}

/// `has_many` goes with `by`, `many_to_many` with `through`.
fn fits(word: Keyword, option: Keyword, diagnostics: &Diagnostics) -> Entry {
    let fits = (word.text == "many_to_many") == (option.text == "through");
    if !fits {
        word.misused(option.span, format_args!("`{}` takes no `{}`", word.text, option.text), diagnostics);
    }
    fits.then_some(())
}

impl Through {
    /// Reads `PostTagFactory(post, tag)`. Not as a type: `F(a, b)` would be one, of a function.
    fn read(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Self> {
        let (start, path) = (input.span(), factory(input));
        let Some(factory) = syn::parse2::<Type>(path.clone()).ok().filter(|factory| !is_trait(factory)) else {
            if path.is_empty() {
                word.misused(start, "expected the factory of the rows between", diagnostics);
            } else {
                word.misused(&path, "expected the type of a factory", diagnostics);
            }
            return None;
        };
        if !input.peek(token::Paren) {
            word.misused(&path, "the rows between need the names of two relations", diagnostics);
            return None;
        }
        let mut relations = Vec::new();
        word.argument(input, diagnostics, |input| {
            let sound = entries::read(input, &word.expects("the name of a relation"), diagnostics, |name, _| {
                relations.push(entries::name(name, diagnostics)?);
                Some(())
            });
            sound.then_some(())
        })?;
        let given = relations.len();
        let Ok([here, there]) = <[Ident; 2]>::try_from(relations) else {
            let what = format!("a row between points here and there by two relations, and {given} stand here");
            word.misused(&path, what, diagnostics);
            return None;
        };
        Some(Self { factory, here, there })
    }
}

/// Everything up to the parentheses, or to the comma behind.
fn factory(input: ParseStream<'_>) -> TokenStream {
    let (mut path, mut depth) = (TokenStream::new(), 0_usize);
    while !input.is_empty() && !input.peek(token::Paren) && (depth > 0 || !input.peek(Token![,])) {
        let Ok(token) = input.parse::<TokenTree>() else { break };
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' => depth = depth.saturating_sub(1),
            _ => {}
        }
        path.extend([token]);
    }
    path
}

/// The names of attributes, in parentheses.
pub(crate) fn names(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Vec<Ident>> {
    let mut names = Vec::new();
    let sound = entries::read(input, &word.expects("the name of an attribute"), diagnostics, |name, input| {
        if !entries::at_end(input) {
            word.misused(name.span(), "expected names of attributes", diagnostics);
            return None;
        }
        names.push(entries::name(name, diagnostics)?);
        Some(())
    });
    sound.then_some(names)
}
