//! Private detail of `manufactory`: what this crate writes may change in any release. Use `manufactory::Factory`.
//!
//! Text of the attributes -> `spec` (what was written, with spans) -> `plan` (what will happen, in order) ->
//! `emit` (code). `diagnostics` gathers what is wrong, so that all of it is reported at once.

mod auto;
mod diagnostics;
mod emit;
mod plan;
mod spec;
#[cfg(test)]
mod tests;

use diagnostics::Diagnostics;
use proc_macro2::TokenStream;

/// This macro is used as `manufactory::Factory`, whose documentation lists all attributes.
#[proc_macro_derive(Factory, attributes(factory))]
pub fn factory(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand(input.into()).into()
}

/// This macro is used as `manufactory::Auto`, whose documentation says what it makes.
#[proc_macro_derive(Auto, attributes(factory))]
pub fn auto(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand_auto(input.into()).into()
}

fn expand_auto(input: TokenStream) -> TokenStream {
    let input: syn::DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    let diagnostics = Diagnostics::new();
    let item = auto::Item::read(&input, &diagnostics);
    match diagnostics.finish() {
        Ok(()) => auto::all(&item),
        Err(errors) => {
            let (errors, rest) = (errors.into_compile_error(), auto::fallback(&item));
            quote::quote!(#errors #rest)
        }
    }
}

/// Whether this is what `#[sea_orm::model]` makes beside a `Model`: a copy, its attributes and derives included, which
/// holds related models as well. One factory is enough.
fn is_twin(input: &syn::DeriveInput) -> bool {
    input.ident == "ModelEx" && input.attrs.iter().any(|attr| attr.path().is_ident("sea_orm"))
}

fn expand(input: TokenStream) -> TokenStream {
    let input: syn::DeriveInput = match syn::parse2(input) {
        Ok(input) => input,
        Err(error) => return error.into_compile_error(),
    };
    if is_twin(&input) {
        return TokenStream::new();
    }
    let diagnostics = Diagnostics::new();
    let mut item = spec::Item::read(&input, &diagnostics);
    plan::factories::resolve(&mut item);
    let plan = plan::Plan::make(&item, &diagnostics);
    match (diagnostics.finish(), plan) {
        (Ok(()), Some(plan)) => emit::all(&plan),
        (Err(errors), _) => {
            let errors = errors.into_compile_error();
            let rest = emit::fallback(&item);
            quote::quote!(#errors #rest)
        }
        // A plan is refused only with an error.
        (Ok(()), None) => emit::fallback(&item),
    }
}
