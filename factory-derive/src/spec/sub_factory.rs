//! What is said of a parent: its factory, and the options behind it. Knows the grammar, not what it means.

use super::closure::Closure;
use super::declaration::factory;
use super::entries::{self, Entry};
use super::keyword::Keyword;
use super::{identifier, words};
use crate::diagnostics::Diagnostics;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, Token, Type};

/// `sub_factory(F, optional, key = field, name = relation, with = |parent, a| ..)`
pub(crate) struct SubFactory {
    pub(crate) factory: Type,
    pub(crate) optional: Option<Span>,
    pub(crate) key: Option<Ident>,
    pub(crate) name: Option<Ident>,
    pub(crate) with: Option<Closure>,
}

impl SubFactory {
    pub(super) fn read(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Self> {
        let factory = factory(word, input, diagnostics)?;
        let mut sub = Self { factory, optional: None, key: None, name: None, with: None };
        if input.parse::<Token![,]>().is_ok() {
            // Faulty options leave a relation all the same: what uses it would be reported as well.
            let expected = "an option of `sub_factory`; write `sub_factory(UserFactory, optional)`";
            entries::read(input, expected, diagnostics, |word, input| sub.word(word, input, diagnostics));
        }
        Some(sub)
    }

    fn word(&mut self, word: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry {
        if let Some(word) = Keyword::find(word, &[words::SUB_FACTORY]) {
            return self.option(word, input, diagnostics);
        }
        let near = words::nearest(&word.unraw().to_string(), &words::texts(&[words::SUB_FACTORY]));
        if near.is_none() && input.peek(Token![=]) {
            let parent = self.parent();
            diagnostics.error(
                word.span(),
                format!("unknown option `{word}`; to change the parent write `with = |{parent}| {parent}.{word}(..)`"),
            );
            return None;
        }
        entries::unknown("option", word, &[words::SUB_FACTORY], diagnostics, |word, muted| {
            self.option(word, input, muted);
        });
        None
    }

    /// What a parameter for the parent's factory would be called: `blog_post` of `BlogPostFactory`.
    fn parent(&self) -> String {
        let Type::Path(path) = &self.factory else { return "parent".to_owned() };
        let name = path.path.segments.last().map(|last| last.ident.unraw().to_string()).unwrap_or_default();
        let mut snake = String::new();
        for (i, letter) in name.trim_end_matches("Factory").char_indices() {
            if letter.is_uppercase() && i > 0 {
                snake.push('_');
            }
            snake.extend(letter.to_lowercase());
        }
        identifier(&snake, Span::call_site()).map_or_else(|| "parent".to_owned(), |name| name.to_string())
    }

    fn option(&mut self, word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry {
        let twice = match word.text {
            "optional" => self.optional.replace(word.bare(input, diagnostics).map(|()| word.span)?).is_some(),
            "key" => {
                self.key.replace(word.assigned(input, diagnostics, |input| word.parse(input, diagnostics))?).is_some()
            }
            "name" => {
                self.name.replace(word.assigned(input, diagnostics, |input| word.parse(input, diagnostics))?).is_some()
            }
            "with" => {
                let with = word.assigned(input, diagnostics, |input| Closure::read(word, input, diagnostics))?;
                if with.params.is_empty() {
                    word.misused(&with.head, "`with` gets the parent's factory first", diagnostics);
                    return None;
                }
                self.with.replace(with).is_some()
            }
            word => unreachable!("`{word}` is in the table of options and is not read"),
        };
        if twice {
            diagnostics.error(word.span, format!("`{}` stands here twice; leave one out", word.text));
        }
        Some(())
    }
}
