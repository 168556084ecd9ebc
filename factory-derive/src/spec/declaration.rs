//! How an attribute gets its value, as it was written. Knows the grammar of every declaration, not what it means.

use super::closure::Closure;
use super::entries::{self, Entry};
use super::template::Template;
use super::words;
use crate::diagnostics::Diagnostics;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::spanned::Spanned;
use syn::{Expr, ExprPath, Ident, Token, Type, token};

/// One declaration, and where its word stands.
pub(crate) struct Declaration {
    pub(crate) span: Span,
    pub(crate) source: Source,
}

/// Where a value comes from.
pub(crate) enum Source {
    Auto,
    Value(Expr),
    Default,
    Sequence(Option<Closure>),
    Lazy(Closure),
    Format(Template),
    Fake(Expr),
    Cycle(Values),
    Choice(Values),
    Weighted(Vec<(Expr, Expr)>),
    Maybe(Expr, Box<Declaration>),
    SubFactory(Box<SubFactory>),
    List(Type, Expr),
}

/// What is chosen from.
pub(crate) enum Values {
    Listed(Vec<Expr>),
    Constant(ExprPath),
}

/// `sub_factory(F, optional, key = field, name = relation, with = |parent, a| ..)`
pub(crate) struct SubFactory {
    pub(crate) factory: Type,
    pub(crate) optional: Option<Span>,
    pub(crate) key: Option<Ident>,
    pub(crate) name: Option<Ident>,
    pub(crate) with: Option<Closure>,
}

impl Declaration {
    /// What an attribute without a declaration gets.
    pub(crate) fn auto(span: Span) -> Self {
        Self { span, source: Source::Auto }
    }

    /// Reads the declaration that this word begins.
    pub(crate) fn read(word: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Self> {
        let argument = |read: fn(&Ident, ParseStream<'_>, &Diagnostics) -> Entry<Source>| {
            entries::argument(word, input, diagnostics, |input| read(word, input, diagnostics))
        };
        let source = match word.unraw().to_string().as_str() {
            "default" => entries::bare(word, input, diagnostics).map(|()| Source::Default),
            "sequence" if !input.peek(token::Paren) => entries::bare(word, input, diagnostics).map(|()| Source::Sequence(None)),
            "sequence" => argument(sequence),
            "value" => argument(|_, input, diagnostics| entries::parse(input, diagnostics).map(Source::Value)),
            "lazy" => argument(|_, input, diagnostics| Closure::read(input, "lazy", diagnostics).map(Source::Lazy)),
            "format" => argument(|_, input, diagnostics| Template::read(input, diagnostics).map(Source::Format)),
            "fake" => argument(|_, input, diagnostics| entries::parse(input, diagnostics).map(Source::Fake)),
            "cycle" => argument(|word, input, diagnostics| values(word, input, diagnostics).map(Source::Cycle)),
            "choice" => argument(|word, input, diagnostics| values(word, input, diagnostics).map(Source::Choice)),
            "weighted" => argument(weighted),
            "maybe" => argument(maybe),
            "sub_factory" => argument(|_, input, diagnostics| {
                SubFactory::read(input, diagnostics).map(|sub| Source::SubFactory(Box::new(sub)))
            }),
            "list" => argument(list),
            _ => {
                entries::unknown("declaration", word, &[words::DECLARATIONS], diagnostics);
                None
            }
        };
        source.map(|source| Self { span: word.span(), source })
    }

    /// Reads a declaration that has to stand here.
    pub(crate) fn expect(input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Self> {
        let word = diagnostics.take(input.call(Ident::parse_any))?;
        Self::read(&word, input, diagnostics)
    }

    /// The relation in it, also behind `maybe`.
    pub(crate) fn sub_factory(&self) -> Option<&SubFactory> {
        match &self.source {
            Source::SubFactory(sub) => Some(sub),
            Source::Maybe(_, inner) => inner.sub_factory(),
            _ => None,
        }
    }
}

fn sequence(_: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Source> {
    let closure = Closure::read(input, "sequence", diagnostics)?;
    if closure.params.len() != 1 {
        diagnostics.error(closure.span, "`sequence` takes a closure of the row's number alone, `|n| ..`; for other attributes use `lazy`");
        return None;
    }
    Some(Source::Sequence(Some(closure)))
}

/// `[a, b]`, or the name of a constant: the compiler then knows that it is not empty.
fn values(word: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Values> {
    match entries::parse::<Expr>(input, diagnostics)? {
        Expr::Array(array) if array.elems.is_empty() => {
            diagnostics.error(array.span(), format!("`{word}` needs at least one value"));
            None
        }
        Expr::Array(array) => Some(Values::Listed(array.elems.into_iter().collect())),
        Expr::Path(path) => Some(Values::Constant(path)),
        other => {
            diagnostics.error(other.span(), format!("`{word}` takes its values written out, `[a, b]`, or the name of a constant array or slice"));
            None
        }
    }
}

fn weighted(_: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Source> {
    let expected = "`weighted` takes pairs of a weight and a value: `[(3, a), (1, b)]`";
    let array = match entries::parse::<Expr>(input, diagnostics)? {
        Expr::Array(array) if !array.elems.is_empty() => array,
        other => {
            diagnostics.error(other.span(), expected);
            return None;
        }
    };
    let mut pairs = Vec::new();
    for pair in array.elems {
        match pair {
            Expr::Tuple(tuple) if tuple.elems.len() == 2 => {
                let mut elems = tuple.elems.into_iter();
                pairs.extend(elems.next().zip(elems.next()));
            }
            other => {
                diagnostics.error(other.span(), expected);
                return None;
            }
        }
    }
    Some(Source::Weighted(pairs))
}

fn maybe(_: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Source> {
    let probability = entries::parse(input, diagnostics)?;
    entries::parse::<Token![,]>(input, diagnostics)?;
    let inner = Declaration::expect(input, diagnostics)?;
    Some(Source::Maybe(probability, Box::new(inner)))
}

fn list(_: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Source> {
    let factory = entries::parse(input, diagnostics)?;
    entries::parse::<Token![,]>(input, diagnostics)?;
    Some(Source::List(factory, entries::parse(input, diagnostics)?))
}

impl SubFactory {
    fn read(input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Self> {
        let factory = entries::parse(input, diagnostics)?;
        let mut sub = Self { factory, optional: None, key: None, name: None, with: None };
        if input.parse::<Token![,]>().is_err() {
            return Some(sub);
        }
        let mut sound = true;
        entries::read(input, diagnostics, |word, input| {
            let entry = sub.option(&word, input, diagnostics);
            sound &= entry.is_some();
            entry
        });
        sound.then_some(sub)
    }

    fn option(&mut self, word: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry {
        match word.unraw().to_string().as_str() {
            "optional" => {
                entries::bare(word, input, diagnostics)?;
                self.optional = Some(word.span());
            }
            "key" => self.key = Some(entries::assigned(word, input, diagnostics, |input| entries::parse(input, diagnostics))?),
            "name" => self.name = Some(entries::assigned(word, input, diagnostics, |input| entries::parse(input, diagnostics))?),
            "with" => {
                let with = entries::assigned(word, input, diagnostics, |input| Closure::read(input, "with", diagnostics))?;
                if with.params.is_empty() {
                    diagnostics.error(with.span, "`with` takes the parent's factory first: `|parent| parent.setter(..)`");
                    return None;
                }
                self.with = Some(with);
            }
            _ => {
                entries::unknown("option of `sub_factory`", word, &[words::SUB_FACTORY], diagnostics);
                return None;
            }
        }
        Some(())
    }
}

/// `a = declaration, b = declaration`, with bare names among them where `bare` takes them.
pub(crate) fn assignments(
    input: ParseStream<'_>,
    diagnostics: &Diagnostics,
    bare: &mut Vec<Ident>,
) -> Vec<(Ident, Declaration)> {
    let mut assignments = Vec::new();
    entries::read(input, diagnostics, |word, input| {
        if !input.peek(Token![=]) {
            bare.push(word);
            return Some(());
        }
        let declaration = entries::assigned(&word, input, diagnostics, |input| Declaration::expect(input, diagnostics))?;
        assignments.push((word, declaration));
        Some(())
    });
    assignments
}
