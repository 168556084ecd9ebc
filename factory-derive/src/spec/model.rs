//! The model of a definition, and the factory's name, as they were written.

use super::entries::Entry;
use super::identifier;
use super::keyword::Keyword;
use crate::diagnostics::Diagnostics;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Ident, LitStr, Path, Type};

/// `app::User`, `app::Page<T>`
pub(super) fn path(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Path> {
    let start = input.span();
    if let Ok(text) = input.parse::<LitStr>() {
        word.misused(&text, "a model is named by its path, without quotes", diagnostics);
        // What it means is clear: what else is generated goes by it.
        return text.parse().ok().filter(is_named);
    }
    match input.parse::<Type>().map(ungrouped) {
        Ok(Type::Path(model)) if model.qself.is_none() && is_named(&model.path) => Some(model.path),
        Ok(other) => {
            word.misused(&other, "a model is named by its path", diagnostics);
            None
        }
        Err(_) => {
            word.misused(start, "a model is named by its path", diagnostics);
            None
        }
    }
}

/// Whether a path ends in a name: `crate` and `super` are none, and `Self` is something else where it is written to.
fn is_named(path: &Path) -> bool {
    let last = path.segments.last().map(|last| last.ident.unraw().to_string());
    path.segments.iter().all(|segment| segment.ident != "Self")
        && last.is_some_and(|last| identifier(&last, Span::call_site()).is_some())
}

/// `UserFactory`
pub(super) fn name(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Ident> {
    if let Ok(text) = input.parse::<LitStr>() {
        word.misused(&text, "a factory's name stands without quotes", diagnostics);
        return identifier(&text.value(), text.span());
    }
    let path: Path = word.parse(input, diagnostics)?;
    let last = path.segments.last().map(|segment| &segment.ident)?;
    let name = identifier(&last.unraw().to_string(), last.span());
    if path.get_ident().is_none() || name.is_none() {
        word.misused(&path, "a factory's name is a plain one", diagnostics);
    }
    name
}

/// What a `macro_rules!` fragment puts around a type, taken off.
fn ungrouped(ty: Type) -> Type {
    match ty {
        Type::Group(group) => ungrouped(*group.elem),
        ty => ty,
    }
}
