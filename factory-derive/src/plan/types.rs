//! What can be seen of a type without knowing it: `Option`, `Box`, generics, lifetimes.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, GenericParam, Generics, Ident, PathArguments, Type};

/// How a field holds a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wrapper {
    Plain,
    Box,
    Arc,
    Rc,
}

/// `T` of `Option<T>`.
pub(crate) fn option(ty: &Type) -> Option<&Type> {
    generic(ty, "Option")
}

/// `T` of `Vec<T>`.
pub(crate) fn listed(ty: &Type) -> Option<&Type> {
    generic(ty, "Vec")
}

/// `T` of `Box<T>`, `Arc<T>` or `Rc<T>`, else the type itself.
pub(crate) fn unwrapped(ty: &Type) -> (Wrapper, &Type) {
    let wrappers = [("Box", Wrapper::Box), ("Arc", Wrapper::Arc), ("Rc", Wrapper::Rc)];
    let inner = wrappers.iter().find_map(|(name, wrapper)| Some((*wrapper, generic(ty, name)?)));
    inner.unwrap_or((Wrapper::Plain, ty))
}

/// `T` of `name<T>`.
fn generic<'t>(ty: &'t Type, name: &str) -> Option<&'t Type> {
    let path = match ty {
        Type::Path(path) if path.qself.is_none() => &path.path,
        // What a `macro_rules!` fragment puts around a type.
        Type::Group(group) => return generic(&group.elem, name),
        _ => return None,
    };
    let segment = path.segments.last().filter(|segment| segment.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(ty)) if arguments.args.len() == 1 => Some(ty),
        _ => None,
    }
}

/// Names of types that are never the user's own, and hold none as it is.
const FOREIGN: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32", "u64", "u128",
    "usize", "String", "Vec", "HashMap", "HashSet", "BTreeMap", "BTreeSet",
];

/// Whether the type may be one that the user has written: not so a number, text, a list, a reference.
pub(crate) fn may_be_own(ty: &Type) -> bool {
    match ty {
        Type::Group(group) => may_be_own(&group.elem),
        Type::Path(path) => {
            path.path.segments.last().is_none_or(|last| FOREIGN.iter().all(|foreign| last.ident != foreign))
        }
        _ => false,
    }
}

/// Whether the type is just this name.
pub(crate) fn is_named(ty: &Type, name: &Ident) -> bool {
    match ty {
        Type::Group(group) => is_named(&group.elem, name),
        Type::Path(path) => path.qself.is_none() && path.path.is_ident(name),
        _ => false,
    }
}

/// Whether the type names a type or const parameter of the struct.
pub(crate) fn is_generic(ty: &Type, generics: &Generics) -> bool {
    names_parameter(ty.to_token_stream(), generics)
}

/// Whether something names a type or const parameter of the struct.
pub(crate) fn names_parameter(tokens: TokenStream, generics: &Generics) -> bool {
    let names: Vec<_> = generics
        .params
        .iter()
        .filter_map(|param| match param {
            GenericParam::Type(param) => Some(param.ident.to_string()),
            GenericParam::Const(param) => Some(param.ident.to_string()),
            GenericParam::Lifetime(_) => None,
        })
        .collect();
    !names.is_empty()
        && any_token(tokens, &|token| matches!(token, TokenTree::Ident(ident) if names.contains(&ident.to_string())))
}

/// Whether the type borrows for less than `'static`.
pub(crate) fn is_borrowed(ty: &Type) -> bool {
    let mut after_tick = false;
    any_tokens(ty.to_token_stream(), &mut |token| match token {
        TokenTree::Punct(punct) => {
            after_tick = punct.as_char() == '\'';
            false
        }
        TokenTree::Ident(ident) => std::mem::take(&mut after_tick) && ident != "static",
        _ => false,
    })
}

fn any_token(tokens: TokenStream, found: &dyn Fn(&TokenTree) -> bool) -> bool {
    any_tokens(tokens, &mut |token| found(token))
}

fn any_tokens(tokens: TokenStream, found: &mut dyn FnMut(&TokenTree) -> bool) -> bool {
    tokens.into_iter().any(|token| match &token {
        TokenTree::Group(group) => any_tokens(group.stream(), found),
        token => found(token),
    })
}
