//! How an attribute gets its value, as it was written. Knows the grammar of every declaration, not what it means.

use super::closure::Closure;
use super::entries::{self, Entry};
use super::keyword::{Keyword, is_trait};
use super::source::text;
use super::sub_factory::SubFactory;
use super::template::Template;
use super::words;
use crate::diagnostics::Diagnostics;
use proc_macro2::Span;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, ExprPath, Ident, Token, Type, token};

/// One declaration, and where its word stands.
pub(crate) struct Declaration {
    pub(crate) word: &'static str,
    pub(crate) span: Span,
    pub(crate) source: Source,
}

/// Where a value comes from.
pub(crate) enum Source {
    Auto,
    AutoFrom(Span, Option<Type>),
    Value(Expr),
    Default,
    Sequence(Option<Closure>),
    Lazy(Closure),
    Format(Template),
    Fake(Expr, Option<Span>),
    Cycle(Values),
    Choice(Values),
    Weighted(Vec<(Expr, Expr)>),
    Maybe(Expr, Box<Declaration>),
    SubFactory(Box<SubFactory>),
    List(Type, Expr),
    /// No declaration at all: in a preset, the number of children or what makes them.
    Bare(Expr),
}

/// What is chosen from.
pub(crate) enum Values {
    Listed(Vec<Expr>),
    Constant(ExprPath),
}

impl Declaration {
    /// What an attribute without a declaration gets.
    pub(crate) fn auto(span: Span) -> Self {
        Self { word: "auto", span, source: Source::Auto }
    }

    /// Reads the declaration that this word begins.
    pub(crate) fn read(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Self> {
        let argument = |read: fn(Keyword, ParseStream<'_>, &Diagnostics) -> Entry<Source>| {
            word.argument(input, diagnostics, |input| read(word, input, diagnostics))
        };
        let source = match word.text {
            "auto" if entries::at_end(input) => {
                diagnostics
                    .error(word.span, "`auto` is what an attribute gets when nothing is said; leave the word out");
                None
            }
            "auto" => argument(auto_from),
            "default" => word.bare(input, diagnostics).map(|()| Source::Default),
            "sequence" if entries::at_end(input) => Some(Source::Sequence(None)),
            "sequence" => argument(sequence),
            "value" => argument(|word, input, diagnostics| word.parse(input, diagnostics).map(Source::Value)),
            "lazy" => argument(|word, input, diagnostics| Closure::read(word, input, diagnostics).map(Source::Lazy)),
            "format" => {
                argument(|word, input, diagnostics| Template::read(word, input, diagnostics).map(Source::Format))
            }
            "fake" => argument(fake),
            "cycle" => argument(|word, input, diagnostics| values(word, input, diagnostics).map(Source::Cycle)),
            "choice" => argument(|word, input, diagnostics| values(word, input, diagnostics).map(Source::Choice)),
            "weighted" => argument(weighted),
            "maybe" => argument(maybe),
            "sub_factory" => argument(|word, input, diagnostics| {
                SubFactory::read(word, input, diagnostics).map(|sub| Source::SubFactory(Box::new(sub)))
            }),
            "list" => argument(list),
            word => unreachable!("`{word}` is in the table of declarations and is not read"),
        };
        source.map(|source| Self { word: word.text, span: word.span, source })
    }

    /// Reads what a preset says of an attribute or of children, behind its `=`.
    fn in_preset(name: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Self> {
        let (ahead, start) = (input.fork(), input.span());
        let word = ahead.call(Ident::parse_any).ok();
        let nearest = |word: &Ident| {
            let word = word.unraw().to_string();
            words::nearest(&word, &words::texts(&[words::DECLARATIONS, words::FIELD])).is_some()
        };
        if entries::at_end(input) || word.as_ref().is_some_and(|word| nearest(word) && !ahead.peek(Token![::])) {
            return Self::of(name, input, diagnostics);
        }
        match input.fork().parse::<Expr>() {
            Ok(_) => Some(Self { word: "", span: start, source: Source::Bare(input.parse().ok()?) }),
            Err(_) => Self::of(name, input, diagnostics),
        }
    }

    /// Reads the declaration of this attribute, behind its `=`.
    pub(crate) fn of(name: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Self> {
        if entries::at_end(input) {
            diagnostics.error(name.span(), format!("`{name}` needs a declaration; write `{name} = value(expression)`"));
            return None;
        }
        Self::expect(input, diagnostics)
    }

    /// Reads a declaration that has to stand here.
    fn expect(input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Self> {
        let ahead = input.fork();
        let Ok(word) = ahead.call(Ident::parse_any) else { return constant(input, diagnostics) };
        if let Some(word) = Keyword::find(&word, &[words::DECLARATIONS]) {
            diagnostics.take(input.call(Ident::parse_any))?;
            return Self::read(word, input, diagnostics);
        }
        if Keyword::find(&word, &[words::FIELD]).is_some() && !ahead.peek(Token![::]) {
            diagnostics.error(
                word.span(),
                format!("`{word}` is no declaration; it stands beside one: `#[factory({word}, ..)]`"),
            );
            return None;
        }
        if words::nearest(&word.unraw().to_string(), &words::texts(&[words::DECLARATIONS])).is_none() {
            return constant(input, diagnostics);
        }
        diagnostics.take(input.call(Ident::parse_any))?;
        let mut meant = None;
        entries::unknown("declaration", &word, &[words::DECLARATIONS], diagnostics, |word, muted| {
            meant = Self::read(word, input, muted);
        });
        meant
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

/// What is written back to the user is no longer than this.
const LONGEST: usize = 30;

/// Reports a value that stands where a declaration has to.
fn constant<T>(input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<T> {
    let start = input.span();
    match input.parse::<Expr>() {
        Ok(expr) => bare(&expr, diagnostics),
        Err(_) => diagnostics.error(start, "expected a declaration; write `value(expression)`"),
    }
    None
}

/// Reports an expression where a declaration has to stand.
pub(crate) fn bare(expr: &Expr, diagnostics: &Diagnostics) {
    let text = text(expr.to_token_stream());
    let text = if text.len() > LONGEST || text.contains(['\n', '|']) { "expression" } else { &text };
    diagnostics.error(expr, format!("expected a declaration; write `value({text})`"));
}

fn sequence(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Source> {
    let closure = Closure::read(word, input, diagnostics)?;
    if closure.params.len() != 1 {
        diagnostics.error(
            &closure.head,
            "`sequence` takes a closure of the row's number alone, `|n| expression`; for other attributes use `lazy`",
        );
        return None;
    }
    Some(Source::Sequence(Some(closure)))
}

/// `from`, `from = Type`
fn auto_from(_: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Source> {
    let from = entries::option(input, words::AUTO, diagnostics)?;
    if input.parse::<Token![=]>().is_err() {
        return Some(Source::AutoFrom(from.span, None));
    }
    if input.is_empty() {
        diagnostics.error(from.span, "`from` needs a type; write `auto(from = Type)`");
        return None;
    }
    Some(Source::AutoFrom(from.span, Some(from.ty(input, diagnostics)?)))
}

/// `Faker()`, `Faker(), unique`
fn fake(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Source> {
    let faker = word.parse(input, diagnostics)?;
    if input.parse::<Token![,]>().is_err() || input.is_empty() {
        return Some(Source::Fake(faker, None));
    }
    let unique = entries::option(input, words::FAKE, diagnostics)?;
    Some(Source::Fake(faker, Some(unique.span)))
}

/// `[a, b]`, or the name of a constant: the compiler then knows that it is not empty.
fn values(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Values> {
    match word.parse(input, diagnostics)? {
        Expr::Array(array) if array.elems.is_empty() => {
            diagnostics.error(
                &array,
                format!("`{}` has nothing to choose from; write at least one value: `[a, b, ..]`", word.text),
            );
            None
        }
        Expr::Array(array) => Some(Values::Listed(array.elems.into_iter().collect())),
        Expr::Path(path) => Some(Values::Constant(path)),
        other => {
            let word = word.text;
            diagnostics.error(&other, format!("`{word}` takes values written out or the name of a constant, so that it is never empty; write `{word}([a, b, ..])` or `{word}(CONSTANT)`"));
            None
        }
    }
}

fn weighted(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Source> {
    let array = match word.parse(input, diagnostics)? {
        Expr::Array(array) if !array.elems.is_empty() => array,
        Expr::Array(array) => {
            word.misused(&array, "`weighted` has nothing to choose from", diagnostics);
            return None;
        }
        other => {
            word.misused(&other, "expected pairs of a weight and a value", diagnostics);
            return None;
        }
    };
    let (mut pairs, mut sound) = (Vec::new(), true);
    for pair in array.elems {
        match pair {
            Expr::Tuple(tuple) if tuple.elems.len() == 2 => {
                let mut elems = tuple.elems.into_iter();
                pairs.extend(elems.next().zip(elems.next()));
            }
            other => {
                word.misused(&other, "expected a weight and a value in parentheses", diagnostics);
                sound = false;
            }
        }
    }
    sound.then_some(Source::Weighted(pairs))
}

fn maybe(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Source> {
    let probability = word.parse(input, diagnostics)?;
    comma(word, input, "a declaration", diagnostics)?;
    if let Some(value) = in_some(&input.fork()) {
        bare(&value, diagnostics);
        let _ = input.parse::<Expr>();
        return None;
    }
    let inner = Declaration::expect(input, diagnostics)?;
    Some(Source::Maybe(probability, Box::new(inner)))
}

/// `Some(1)`, which `maybe` makes itself.
fn in_some(input: ParseStream<'_>) -> Option<Expr> {
    match input.parse().ok()? {
        Expr::Call(call) if matches!(&*call.func, Expr::Path(path) if path.path.is_ident("Some")) => {
            call.args.into_iter().next()
        }
        _ => None,
    }
}

fn list(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Source> {
    let factory = factory(word, input, diagnostics)?;
    comma(word, input, "a number", diagnostics)?;
    Some(Source::List(factory, word.parse(input, diagnostics)?))
}

/// The type of a factory, alone.
pub(super) fn factory(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Type> {
    let start = input.span();
    match input.parse::<Type>() {
        Ok(factory) if is_trait(&factory) => word.misused(&factory, "expected the type of a factory", diagnostics),
        Ok(factory) if input.peek(token::Paren) || input.peek(Token![.]) => {
            word.misused(&factory, "expected the type of a factory, not a call", diagnostics);
        }
        Ok(factory) if !entries::at_end(input) => {
            diagnostics.error(
                input.span(),
                format!("unexpected after `{}`; put a `,` between them", text(factory.to_token_stream())),
            );
        }
        Ok(factory) => return Some(factory),
        Err(_) => word.misused(start, "expected the type of a factory", diagnostics),
    }
    None
}

/// The comma before what has to follow.
fn comma(word: Keyword, input: ParseStream<'_>, what: &str, diagnostics: &Diagnostics) -> Entry {
    let followed = input.parse::<Token![,]>().is_ok() && !input.is_empty();
    if !followed {
        word.misused(word.span, format_args!("{what} is missing"), diagnostics);
    }
    followed.then_some(())
}

/// `a = declaration, b = declaration`, with bare names among them where `bare` takes them.
pub(crate) fn assignments(
    word: Keyword,
    input: ParseStream<'_>,
    diagnostics: &Diagnostics,
    bare: &mut Vec<Ident>,
) -> Vec<(Ident, Declaration)> {
    let mut assignments = Vec::new();
    entries::read(input, &word.expects("the name of an attribute"), diagnostics, |name, input| {
        if entries::at_end(input) {
            bare.push(entries::name(name, diagnostics)?);
            return Some(());
        }
        if input.parse::<Token![=]>().is_err() {
            let is_declaration = Keyword::find(name, &[words::DECLARATIONS]).is_some() && input.peek(token::Paren);
            let (what, attribute) = if is_declaration {
                ("does not say which attribute it is for", "attribute")
            } else {
                ("needs a declaration", &*name.to_string())
            };
            diagnostics.error(name.span(), format!("`{name}` {what}; write `{attribute} = value(expression)`"));
            return None;
        }
        let declaration = Declaration::in_preset(name, input, diagnostics)?;
        assignments.push((entries::name(name, diagnostics)?, declaration));
        Some(())
    });
    assignments
}
