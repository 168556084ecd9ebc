//! One input, through both derives: what has to hold for every one of them.

use super::pieces;
use proc_macro2::{TokenStream, TokenTree};
use std::any::Any;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};
use syn::parse::{ParseStream, Parser};
use syn::{Data, DeriveInput, Expr, File, Ident, Item, Token, Type};

/// What stands in the code beside errors, and nowhere else.
const FALLBACK: &str = "\"the struct has errors\"";

type Derive = fn(TokenStream) -> TokenStream;

/// The derives by their names.
pub(super) const DERIVES: [(&str, Derive); 2] = [("Factory", crate::expand), ("Auto", crate::expand_auto)];

/// What became of an input.
#[derive(Clone, Copy, Default)]
pub(super) struct Outcome {
    /// rustc would not have given it to a derive.
    pub(super) is_no_struct: bool,
    /// Which derives have reported errors.
    pub(super) is_faulty: [bool; 2],
    pub(super) time: Duration,
}

/// What may not be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Panic,
    Malformed,
    NoError,
    Unsteady,
}

/// What went wrong, in which derive.
#[derive(Debug)]
pub(super) struct Fault {
    derive: &'static str,
    wrong: Wrong,
    detail: String,
}

impl Fault {
    /// Whether the same is wrong, as far as one can see.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let first = |fault: &Self| fault.detail.lines().next().map(str::to_owned);
        (self.derive, self.wrong, first(self)) == (other.derive, other.wrong, first(other))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { derive, wrong, detail } = self;
        match wrong {
            Wrong::Panic => write!(f, "`{derive}` panics: {detail}"),
            Wrong::Malformed => write!(f, "`{derive}` writes what is no Rust: {detail}"),
            Wrong::NoError => write!(f, "`{derive}` gives up without an error"),
            Wrong::Unsteady => write!(f, "`{derive}` writes something else the second time"),
        }
    }
}

/// Puts the input through both derives.
pub(super) fn run(input: &TokenStream) -> Result<Outcome, Fault> {
    let is_no_struct = !is_struct(input);
    let mut outcome = Outcome { is_no_struct, ..Outcome::default() };
    for (at, (name, derive)) in DERIVES.iter().enumerate() {
        let start = Instant::now();
        outcome.is_faulty[at] =
            one(*derive, input, is_no_struct).map_err(|(wrong, detail)| Fault { derive: name, wrong, detail })?;
        outcome.time += start.elapsed();
    }
    Ok(outcome)
}

/// Whether a derive may get it: rustc itself refuses fields without a name, and syn does not.
pub(super) fn is_struct(input: &TokenStream) -> bool {
    let Ok(input) = syn::parse2::<DeriveInput>(input.clone()) else { return false };
    match input.data {
        Data::Struct(data) => data.fields.iter().all(|field| field.ident.as_ref().is_none_or(|name| name != "_")),
        Data::Enum(_) | Data::Union(_) => true,
    }
}

/// Whether there are errors.
fn one(derive: Derive, input: &TokenStream, is_no_struct: bool) -> Result<bool, (Wrong, String)> {
    let expand = || catch_unwind(AssertUnwindSafe(|| derive(input.clone())));
    let output = expand().map_err(|panic| (Wrong::Panic, message(&*panic)))?;
    let again = expand().map_err(|panic| (Wrong::Panic, message(&*panic)))?;
    if !is_same(output.clone(), again) {
        return Err((Wrong::Unsteady, String::new()));
    }
    if is_no_struct {
        return Ok(true);
    }
    let gives_up = is_fallback(output.clone());
    within_macros(output.clone()).map_err(|error| (Wrong::Malformed, format!("{error}\n{output}")))?;
    let file: File = syn::parse2(output.clone()).map_err(|error| (Wrong::Malformed, format!("{error}\n{output}")))?;
    let is_faulty = file.items.iter().any(
        |item| matches!(item, Item::Macro(item) if item.mac.path.segments.last().is_some_and(|last| last.ident == "compile_error")),
    );
    if gives_up && !is_faulty {
        return Err((Wrong::NoError, String::new()));
    }
    Ok(is_faulty)
}

/// What stands in calls of the core's macros is Rust as well.
fn within_macros(tokens: TokenStream) -> syn::Result<()> {
    let mut called = String::new();
    for token in tokens {
        match token {
            TokenTree::Ident(name) => called = name.to_string(),
            TokenTree::Group(group) => match called.as_str() {
                "__attributes" => syn::parse2::<File>(group.stream()).map(drop)?,
                "__fake" => fake.parse2(group.stream())?,
                _ => within_macros(group.stream())?,
            },
            TokenTree::Punct(punct) if punct.as_char() == '!' => {}
            TokenTree::Punct(_) | TokenTree::Literal(_) => called.clear(),
        }
    }
    Ok(())
}

fn fake(input: ParseStream<'_>) -> syn::Result<()> {
    let _: (Type, Token![,], Expr, Token![,], Ident) =
        (input.parse()?, input.parse()?, input.parse()?, input.parse()?, input.parse()?);
    Ok(())
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

fn is_same(one: TokenStream, other: TokenStream) -> bool {
    let (mut one, mut other) = (one.into_iter(), other.into_iter());
    loop {
        let is_same = match (one.next(), other.next()) {
            (None, None) => return true,
            (Some(TokenTree::Group(one)), Some(TokenTree::Group(other))) => {
                one.delimiter() == other.delimiter() && is_same(one.stream(), other.stream())
            }
            (Some(TokenTree::Ident(one)), Some(TokenTree::Ident(other))) => one == other,
            (Some(TokenTree::Punct(one)), Some(TokenTree::Punct(other))) => {
                one.as_char() == other.as_char() && one.spacing() == other.spacing()
            }
            (Some(TokenTree::Literal(one)), Some(TokenTree::Literal(other))) => one.to_string() == other.to_string(),
            _ => false,
        };
        if !is_same {
            return false;
        }
    }
}

fn is_fallback(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => is_fallback(group.stream()),
        TokenTree::Literal(literal) => literal.to_string() == FALLBACK,
        TokenTree::Ident(_) | TokenTree::Punct(_) => false,
    })
}

/// The input without all that is not needed for the same fault.
pub(super) fn minimised(input: TokenStream, fault: Fault, goes_on: &dyn Fn()) -> (TokenStream, Fault) {
    let was_struct = is_struct(&input);
    let (mut pieces, mut fault) = (pieces::apart(input), fault);
    let mut is_shorter = true;
    while is_shorter {
        is_shorter = false;
        let mut at = 0;
        while at < pieces.len() {
            goes_on();
            let shorter = pieces::shorter(&pieces, at).into_iter().find_map(|shorter| {
                let input = pieces::together(&shorter);
                // What is wrong with an input that counts is not to be shown by one that does not.
                let same =
                    Some(input).filter(|input| is_struct(input) == was_struct).and_then(|input| run(&input).err())?;
                same.is_like(&fault).then_some((shorter, same))
            });
            match shorter {
                Some(found) => ((pieces, fault), is_shorter) = (found, true),
                None => at += 1,
            }
        }
    }
    (pieces::together(&pieces), fault)
}
