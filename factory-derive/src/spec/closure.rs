//! Closures whose parameter names are the names of attributes. Anything fancier than a plain name is refused.

use crate::diagnostics::Diagnostics;
use proc_macro2::Span;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Expr, ExprClosure, Ident, Pat, Type};

/// `|a, b| body`
pub(crate) struct Closure {
    pub(crate) span: Span,
    pub(crate) params: Vec<Param>,
    pub(crate) body: Expr,
}

/// One parameter: a plain name, perhaps with a type.
pub(crate) struct Param {
    pub(crate) name: Ident,
    pub(crate) ty: Option<Type>,
}

impl Closure {
    /// Checks what syn has read. `what` is the word in front of it, for the message.
    pub(crate) fn check(closure: ExprClosure, what: &str, diagnostics: &Diagnostics) -> Option<Self> {
        let span = closure.inputs_begin.span();
        let mut sound = true;
        for (token, name) in [(closure.asyncness.map(|t| t.span()), "async"), (closure.capture.map(|t| t.span()), "move")] {
            if let Some(span) = token {
                diagnostics.error(span, format!("`{what}` runs its closure at once; leave `{name}` out"));
                sound = false;
            }
        }
        let mut params = Vec::new();
        for pat in closure.inputs {
            match param(pat) {
                Ok(param) => params.push(param),
                Err(span) => {
                    diagnostics.error(span, format!("a parameter of `{what}` is the name of an attribute; use a plain name and take it apart in the body"));
                    sound = false;
                }
            }
        }
        sound.then_some(Self { span, params, body: *closure.body })
    }
}

impl Closure {
    /// Reads an expression that has to be a closure.
    pub(crate) fn read(input: ParseStream<'_>, what: &str, diagnostics: &Diagnostics) -> Option<Self> {
        match diagnostics.take(input.call(Expr::parse))? {
            Expr::Closure(closure) => Self::check(closure, what, diagnostics),
            other => {
                diagnostics.error(other.span(), format!("`{what}` takes a closure: `|attribute, ..| expression`"));
                None
            }
        }
    }
}

fn param(pat: Pat) -> Result<Param, Span> {
    match pat {
        Pat::Ident(pat) if pat.by_ref.is_none() && pat.mutability.is_none() && pat.subpat.is_none() => {
            Ok(Param { name: pat.ident, ty: None })
        }
        Pat::Type(typed) => {
            let plain = param(*typed.pat)?;
            Ok(Param { ty: Some(*typed.ty), ..plain })
        }
        other => Err(other.span()),
    }
}
