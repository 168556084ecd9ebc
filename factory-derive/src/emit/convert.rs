//! Columns of another type than their attribute.

use super::Emit;
use super::record::{columns, is_read, whole};
use crate::plan::{Attribute, Conversion, types};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

/// How an attribute gets into its column: `As<i64>`, `Json`, `Optional<..>` of them.
pub(crate) fn conversion(emit: &Emit<'_>, attribute: &Attribute<'_>) -> Option<TokenStream> {
    let place = place(attribute);
    let private = emit.private_at(place);
    let conversion = match attribute.conversion? {
        Conversion::As(ty) => quote_spanned!(place=> #private::As<#ty>),
        Conversion::Json(_) => quote_spanned!(place=> #private::Json),
    };
    let option = is_optional(emit, attribute);
    Some(if option { quote_spanned!(place=> #private::Optional<#conversion>) } else { conversion })
}

/// The column's type, where a conversion says which.
pub(crate) fn column(emit: &Emit<'_>, attribute: &Attribute<'_>) -> Option<TokenStream> {
    let private = &emit.private;
    let ty = match attribute.conversion? {
        Conversion::As(ty) => quote!(#ty),
        Conversion::Json(_) => quote!(#private::JsonValue),
    };
    let is_optional = is_optional(emit, attribute);
    Some(if is_optional { quote_spanned!(place(attribute)=> ::core::option::Option<#ty>) } else { ty })
}

fn is_optional(emit: &Emit<'_>, attribute: &Attribute<'_>) -> bool {
    match whole(emit, attribute) {
        Some(relation) => relation.option,
        None => types::option(attribute.ty).is_some(),
    }
}

/// Where the word stands that says so.
fn place(attribute: &Attribute<'_>) -> Span {
    match attribute.conversion {
        Some(Conversion::As(ty)) => super::place(ty.span()),
        Some(Conversion::Json(span)) => super::place(span),
        None => Span::call_site(),
    }
}

/// The type that a user wrote, by which the column's type is known: the field's own, or that of `as`.
pub(crate) fn written<'a>(attribute: &Attribute<'a>) -> Option<&'a Type> {
    match attribute.conversion {
        None => Some(attribute.ty),
        Some(Conversion::As(ty)) => Some(ty),
        Some(Conversion::Json(_)) => None,
    }
}

/// What a generic attribute needs to be stored: its type decides.
pub(crate) fn bound(emit: &Emit<'_>, attribute: &Attribute<'_>, way: &TokenStream) -> Option<TokenStream> {
    let (private, ty) = (&emit.private, attribute.ty);
    let (conversion, column) = (conversion(emit, attribute)?, column(emit, attribute)?);
    types::is_generic(ty, emit.plan.item.generics).then(|| quote!(#conversion: #private::#way<#ty, Column = #column>))
}

/// All that it needs, to be stored and to be read back.
pub(crate) fn bounds(emit: &Emit<'_>, attribute: &Attribute<'_>) -> Vec<TokenStream> {
    let back = (is_read(emit, attribute) && whole(emit, attribute).is_none()).then(|| quote!(Decoded));
    let ways = [Some(quote!(Encoded)), back];
    ways.into_iter().flatten().filter_map(|way| bound(emit, attribute, &way)).collect()
}

/// What is said where JSON cannot be written.
pub(crate) fn json(emit: &Emit<'_>) -> TokenStream {
    let word = columns(emit).find_map(|(attribute, _)| match attribute.conversion {
        Some(Conversion::Json(span)) => Some(super::place(span)),
        _ => None,
    });
    word.map_or_else(TokenStream::new, |place| {
        let krate = emit.krate_at(place);
        quote_spanned!(place=> #krate::__json! {})
    })
}
