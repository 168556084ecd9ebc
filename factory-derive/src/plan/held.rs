//! The rule for what an attribute can hold: a value, whose size is known.

use super::{Attribute, types};
use crate::diagnostics::Diagnostics;
use crate::spec::is_trait;
use syn::ext::IdentExt;

/// `a: Option<dyn Error + Send>`
pub(super) fn is_a_value(attributes: &[Attribute<'_>], diagnostics: &Diagnostics) {
    for attribute in attributes {
        let ty = types::option(attribute.ty).unwrap_or(attribute.ty);
        if is_trait(ty) {
            let name = attribute.ident.unraw();
            diagnostics.error(
                ty,
                format!("`{name}` would be a trait, and no value is one; put it into a box: `Box<dyn Trait>`"),
            );
        }
    }
}
