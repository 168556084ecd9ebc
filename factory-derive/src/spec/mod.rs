//! Stage 1: what the user wrote, with spans. Knows the grammar, not what it means.

mod children;
mod closure;
mod declaration;
pub(crate) mod entries;
mod field;
mod keyword;
mod model;
mod on;
mod source;
mod structure;
mod sub_factory;
mod table;
mod template;
pub(crate) mod words;

pub(crate) use children::{Children, Wired};
pub(crate) use closure::{Closure, Param as ClosureParam};
pub(crate) use declaration::{Declaration, Source, Values, bare};
pub(crate) use field::Field;
pub(crate) use keyword::{Keyword, is_trait};
pub(crate) use source::text;
pub(crate) use structure::{Extra, Options, path};
pub(crate) use sub_factory::SubFactory;
pub(crate) use template::{Hole, Template};

use crate::diagnostics::Diagnostics;
use proc_macro2::Span;
use std::collections::HashSet;
use syn::{Attribute, Data, DeriveInput, Fields, FieldsNamed, Generics, Ident, Visibility};

/// The struct, with everything that its attributes say.
pub(crate) struct Item<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) vis: &'a Visibility,
    pub(crate) generics: &'a Generics,
    pub(crate) options: Options,
    /// Something that a factory can make.
    pub(crate) is_struct: bool,
    pub(crate) fields: Vec<Field<'a>>,
}

impl<'a> Item<'a> {
    /// Reads the struct; what is wrong with it is reported, and the rest is read all the same.
    pub(crate) fn read(input: &'a DeriveInput, diagnostics: &Diagnostics) -> Self {
        let (ident, vis, generics) = (&input.ident, &input.vis, &input.generics);
        let options = Options::read(&input.attrs, diagnostics);
        let fields = match &input.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(fields) => Some(named(fields, diagnostics)),
                Fields::Unit => Some(Vec::new()),
                Fields::Unnamed(_) => {
                    diagnostics.error(ident.span(), format!("a factory needs the names of its attributes, and the fields of `{ident}` have none; write `struct {ident} {{ field: Type }}`, or derive `manufactory::Auto` instead, for a value in the fields of others"));
                    None
                }
            },
            Data::Enum(_) => {
                diagnostics.error(ident.span(), format!("a factory makes structs, and `{ident}` is an enum; derive `manufactory::Auto` instead, for its first variant, or say at each field which it gets: `#[factory(value({ident}::..))]`"));
                None
            }
            Data::Union(_) => {
                diagnostics.error(ident.span(), format!("a factory makes structs, and `{ident}` is a union; leave the derive out, and put it into a field of a struct"));
                None
            }
        };
        let is_struct = fields.is_some();
        Self { ident, vis, generics, options, is_struct, fields: fields.unwrap_or_default() }
    }
}

fn named<'a>(fields: &'a FieldsNamed, diagnostics: &Diagnostics) -> Vec<Field<'a>> {
    let mut seen = HashSet::new();
    // A second field of the same name is rustc's to report.
    let fresh = fields.named.iter().filter(|field| seen.insert(field.ident.as_ref()));
    fresh.filter_map(|field| Field::read(field, diagnostics)).collect()
}

/// An identifier of this text, raw where the text is a keyword. `None` for what cannot even be raw.
pub(crate) fn identifier(text: &str, span: Span) -> Option<Ident> {
    // rustc's own lexer would report what it cannot read, here where nobody wrote it.
    let is_word = text.chars().all(|char| char == '_' || char.is_alphanumeric());
    if !is_word || matches!(text, "" | "_" | "self" | "Self" | "super" | "crate") {
        return None;
    }
    let ident = syn::parse_str::<Ident>(text).or_else(|_| syn::parse_str(&format!("r#{text}")));
    ident.ok().map(|mut ident| {
        ident.set_span(span);
        ident
    })
}

/// The doc comments among attributes.
fn docs(attrs: &[Attribute]) -> impl Iterator<Item = &Attribute> {
    attrs.iter().filter(|attr| attr.path().is_ident("doc"))
}
