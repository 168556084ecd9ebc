//! Closures whose parameter names are the names of attributes. Anything fancier than a plain name is refused.

use super::entries::Entry;
use super::keyword::Keyword;
use crate::diagnostics::Diagnostics;
use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::ParseStream;
use syn::{Expr, ExprClosure, Ident, Pat, Type};

/// `|a, b| body`
pub(crate) struct Closure {
    /// `|a, b|`
    pub(crate) head: TokenStream,
    pub(crate) params: Vec<Param>,
    pub(crate) body: Expr,
}

/// One parameter: a plain name, perhaps with a type.
pub(crate) struct Param {
    pub(crate) name: Ident,
    pub(crate) ty: Option<Type>,
}

impl Closure {
    /// Reads an expression that has to be a closure.
    pub(crate) fn read(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Self> {
        match word.parse(input, diagnostics)? {
            Expr::Closure(closure) => Self::check(word, closure, diagnostics),
            other => {
                word.misused(&other, "expected a closure", diagnostics);
                None
            }
        }
    }

    fn check(word: Keyword, closure: ExprClosure, diagnostics: &Diagnostics) -> Entry<Self> {
        let (begin, inputs, end) = (&closure.inputs_begin, &closure.inputs, &closure.inputs_end);
        let head = quote!(#begin #inputs #end);
        if let Some(token) = closure.asyncness {
            diagnostics.error(&token, format!("`{}` cannot wait for a future; leave `async` out", word.text));
        }
        if let Some(token) = closure.capture {
            diagnostics.error(&token, format!("`{}` calls its closure at once; leave `move` out", word.text));
        }
        let (mut params, mut sound) = (Vec::new(), true);
        for pat in closure.inputs {
            match param(pat) {
                Ok(param) => params.push(param),
                Err(pat) => {
                    diagnostics.error(
                        &pat,
                        format!(
                            "a parameter of `{}` is the plain name of an attribute; do everything else in the body",
                            word.text
                        ),
                    );
                    sound = false;
                }
            }
        }
        sound.then_some(Self { head, params, body: *closure.body })
    }
}

fn param(pat: Pat) -> Result<Param, Box<Pat>> {
    match pat {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.mutability.is_none() && pat.subpat.is_none() => {
            Ok(Param { name: pat.ident, ty: None })
        }
        Pat::Type(typed) => {
            let plain = param(*typed.pat)?;
            Ok(Param { ty: Some(*typed.ty), ..plain })
        }
        other => Err(Box::new(other)),
    }
}
