//! One field: its type, its declaration, and what else is said of it.

use super::declaration::Declaration;
use super::{docs, entries, words};
use crate::diagnostics::Diagnostics;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Ident, LitStr, Type};

/// A field of the model.
pub(crate) struct Field<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) ty: &'a Type,
    pub(crate) docs: Vec<&'a Attribute>,
    pub(crate) declaration: Option<Declaration>,
    /// Part of the primary key.
    pub(crate) key: Option<Span>,
    /// Filled by the database.
    pub(crate) database: Option<Span>,
    /// The column's name, where it is not the field's.
    pub(crate) column: Option<LitStr>,
    /// Not a column.
    pub(crate) skip: Option<Span>,
    /// The setter's name, where it is not the field's.
    pub(crate) setter: Option<Ident>,
}

impl<'a> Field<'a> {
    pub(crate) fn read(field: &'a syn::Field, diagnostics: &Diagnostics) -> Option<Self> {
        let mut this = Self {
            ident: field.ident.as_ref()?,
            ty: &field.ty,
            docs: docs(&field.attrs).collect(),
            declaration: None,
            key: None,
            database: None,
            column: None,
            skip: None,
            setter: None,
        };
        for attr in field.attrs.iter().filter(|attr| attr.path().is_ident("factory")) {
            let read = attr.parse_args_with(|input: ParseStream<'_>| {
                entries::read(input, diagnostics, |word, input| this.word(&word, input, diagnostics));
                Ok(())
            });
            diagnostics.take(read);
        }
        Some(this)
    }

    fn word(&mut self, word: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> entries::Entry {
        let text = word.unraw().to_string();
        if words::DECLARATIONS.contains(&text.as_str()) {
            return self.declare(word, input, diagnostics);
        }
        let twice = match text.as_str() {
            "key" => self.key.replace(entries::bare(word, input, diagnostics).map(|()| word.span())?).is_some(),
            "database" => self.database.replace(entries::bare(word, input, diagnostics).map(|()| word.span())?).is_some(),
            "skip" => self.skip.replace(entries::bare(word, input, diagnostics).map(|()| word.span())?).is_some(),
            "column" => {
                let name = entries::assigned(word, input, diagnostics, |input| entries::parse(input, diagnostics))?;
                self.column.replace(name).is_some()
            }
            "setter" => {
                let name = entries::assigned(word, input, diagnostics, |input| entries::parse(input, diagnostics))?;
                self.setter.replace(name).is_some()
            }
            _ => {
                if words::STRUCT.contains(&text.as_str()) {
                    diagnostics.error(word.span(), format!("`{text}` belongs on the struct, not on a field"));
                } else {
                    entries::unknown("attribute", word, &[words::DECLARATIONS, words::FIELD], diagnostics);
                }
                return None;
            }
        };
        if twice {
            diagnostics.error(word.span(), format!("`{text}` stands here twice; leave one out"));
        }
        Some(())
    }

    fn declare(&mut self, word: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> entries::Entry {
        let declaration = Declaration::read(word, input, diagnostics)?;
        if self.declaration.is_some() {
            diagnostics.error(word.span(), format!("`{}` already has a declaration; leave one of the two out", self.ident.unraw()));
            return Some(());
        }
        self.declaration = Some(declaration);
        Some(())
    }
}
