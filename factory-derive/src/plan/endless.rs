//! Children that would be made without end, as far as one struct shows it.

use super::factories;
use super::names::Names;
use crate::diagnostics::Diagnostics;
use crate::spec::Item;
use syn::ext::IdentExt;
use syn::{Expr, ExprLit, Lit, Type};

/// `has_many(children: CategoryFactory = 2, by = parent)` on `Category`
pub(super) fn check(item: &Item<'_>, diagnostics: &Diagnostics) {
    let own = [Names::of(item).factory, item.ident.clone()];
    for children in &item.options.children {
        let Some(number) = children.default.as_ref().filter(|number| !is_zero(number)) else { continue };
        let Type::Path(path) = factories::written(&children.factory) else { continue };
        let is_own = path.path.get_ident().is_some_and(|name| own.iter().any(|own| own.unraw() == name.unraw()));
        if is_own {
            let name = children.name.unraw();
            diagnostics.error(
                number,
                format!(
                    "each of the `{name}` would make `{name}` of its own, without end; leave the number out, and ask for \
                     `{name}` at the call or in a preset"
                ),
            );
        }
    }
}

fn is_zero(number: &Expr) -> bool {
    matches!(number, Expr::Lit(ExprLit { lit: Lit::Int(int), .. }) if int.base10_digits() == "0")
}
