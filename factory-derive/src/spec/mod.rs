//! Stage 1: what the user wrote, with spans. Knows the grammar, not what it means.

mod closure;
mod declaration;
mod entries;
mod field;
mod structure;
mod template;
pub(crate) mod words;

pub(crate) use closure::{Closure, Param as ClosureParam};
pub(crate) use declaration::{Declaration, Source, SubFactory, Values};
pub(crate) use field::Field;
pub(crate) use structure::{Extra, Options};
pub(crate) use template::{Hole, Template};

use crate::diagnostics::Diagnostics;
use syn::spanned::Spanned;
use syn::{Attribute, Data, DeriveInput, Fields, Generics, Ident, Visibility};

/// The struct, with everything that its attributes say.
pub(crate) struct Item<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    pub(crate) generics: &'a Generics,
    pub(crate) options: Options,
    pub(crate) fields: Vec<Field<'a>>,
}

impl<'a> Item<'a> {
    /// Reads the struct; what is wrong with it is reported, and the rest is read all the same.
    pub(crate) fn read(input: &'a DeriveInput, diagnostics: &Diagnostics) -> Self {
        let (ident, vis, generics) = (&input.ident, &input.vis, &input.generics);
        let options = Options::read(&input.attrs, diagnostics);
        let fields = match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(fields) => fields.named.iter().filter_map(|field| Field::read(field, diagnostics)).collect(),
                Fields::Unit => Vec::new(),
                Fields::Unnamed(fields) => {
                    diagnostics.error(fields.span(), "a factory needs names for its attributes; give the fields names, `struct Name { field: Type }`");
                    Vec::new()
                }
            },
            Data::Enum(data) => {
                diagnostics.error(data.enum_token.span(), "a factory makes structs; for an enum, declare the field that holds it: `#[factory(value(..))]` or `#[factory(cycle([..]))]`");
                Vec::new()
            }
            Data::Union(data) => {
                diagnostics.error(data.union_token.span(), "a factory makes structs with named fields, not unions");
                Vec::new()
            }
        };
        Self { ident, vis, generics, options, fields }
    }
}

/// The doc comments among attributes.
fn docs(attrs: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("doc"))
}
