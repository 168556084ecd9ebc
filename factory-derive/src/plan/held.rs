//! The rules for what an attribute can hold: a value, whose size is known, and of a parent a model or one of its fields.

use super::{Attribute, Need, Relation, Value, factories, types};
use crate::diagnostics::Diagnostics;
use crate::spec::{is_trait, text};
use quote::ToTokens;
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

/// `#[factory(sub_factory(UserFactory))] closed_by: Option<i64>`
pub(super) fn parents_are_models(attributes: &[Attribute<'_>], relations: &[Relation<'_>], diagnostics: &Diagnostics) {
    for attribute in attributes {
        let Value::Parent(i) = attribute.value else { continue };
        let relation = &relations[i];
        let Some(held) = relation.held.filter(|held| !types::may_be_own(held)) else { continue };
        if matches!(relation.need, Need::Whole) {
            let (name, held) = (attribute.ident.unraw(), text(held.to_token_stream()));
            let factory = text(factories::written(relation.factory).to_token_stream());
            diagnostics.error(
                factories::written(relation.factory),
                format!("`{name}` is of type `{held}`, which is no model; say which field of its parent it holds: `sub_factory({factory}, key = field)`"),
            );
        }
    }
}
