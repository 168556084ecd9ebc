//! The rule that a declaration reads only what there is, and what those are told who take a parameter for the whole row.

use super::check::{declarations, known};
use super::order::{Use, is_special};
use super::{Attribute, Node, Relation};
use crate::diagnostics::Diagnostics;
use crate::spec::{Closure, Source, words};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::Ident;
use syn::ext::IdentExt;

/// `lazy(|usernam| ..)`
pub(super) fn exist(
    attributes: &[Attribute<'_>],
    relations: &[Relation<'_>],
    uses: &[Use<'_>],
    diagnostics: &Diagnostics,
) {
    let known = known(attributes, relations);
    for one in uses.iter().filter(|one| one.target.is_none() && !is_special(one.word, one.name)) {
        let (name, word) = (one.name.unraw().to_string(), one.word);
        if diagnostics.is_doubtful(&name) {
            continue;
        }
        if is_special("lazy", one.name) {
            diagnostics.error(one.name.span(), format!("`{word}` sees attributes, and `{name}` is for `lazy` alone; declare a param with `lazy(|{name}| ..)` and read that"));
            continue;
        }
        if let Some(meant) = field_of_the_row(one, attributes, &known) {
            diagnostics.error(one.name.span(), format!("`lazy` reads an unknown attribute `{name}`; a parameter is the name of what is read: `lazy(|{meant}| ..)`"));
            continue;
        }
        let specials: &[&str] = match word {
            "lazy" => &["n", "rng", "now"],
            "format" => &["n"],
            _ => &[],
        };
        let names: Vec<_> = known.iter().map(String::as_str).chain(specials.iter().copied()).collect();
        diagnostics.error(one.name.span(), format!("`{word}` reads an {}", words::unknown("attribute", &name, &names)));
    }
}

/// `username` of `lazy(|o| o.username.len())`, as other libraries have it.
fn field_of_the_row(one: &Use<'_>, attributes: &[Attribute<'_>], known: &[String]) -> Option<String> {
    let Some(Node::Attribute(i)) = one.by else { return None };
    let closures = declarations(&attributes[i]).into_iter().filter_map(|declaration| closure(&declaration.source));
    let mut reading =
        closures.filter(|closure| closure.params.iter().any(|param| std::ptr::eq(&raw const param.name, one.name)));
    gone_into(reading.next()?.body.to_token_stream(), one.name, known)
}

fn closure(source: &Source) -> Option<&Closure> {
    match source {
        Source::Lazy(closure) => Some(closure),
        Source::Maybe(_, inner) => closure(&inner.source),
        _ => None,
    }
}

/// The first attribute that is read as a field of `name`, also within macros.
fn gone_into(tokens: TokenStream, name: &Ident, known: &[String]) -> Option<String> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let here = tokens.windows(3).find_map(|three| match three {
        [TokenTree::Ident(row), TokenTree::Punct(dot), TokenTree::Ident(field)]
            if row == name && dot.as_char() == '.' =>
        {
            Some(field.unraw().to_string()).filter(|field| known.contains(field))
        }
        _ => None,
    });
    here.or_else(|| {
        tokens.into_iter().find_map(|token| match token {
            TokenTree::Group(group) => gone_into(group.stream(), name, known),
            _ => None,
        })
    })
}
