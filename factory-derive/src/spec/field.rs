//! One field: its type, its declaration, and what else is said of it.

use super::declaration::{Declaration, Source};
use super::docs;
use super::entries::{self, Entry};
use super::keyword::Keyword;
use super::words::{self, Word};
use crate::diagnostics::Diagnostics;
use proc_macro2::{Span, TokenTree};
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Attribute, Ident, LitStr, Meta, Type};

/// The words that a field takes.
const KNOWN: &[&[Word]] = &[words::DECLARATIONS, words::FIELD];

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
    /// The column's name in Diesel's `table!`, where Diesel was told another one.
    pub(crate) typed: Option<Ident>,
    /// Not a column.
    pub(crate) skip: Option<Span>,
    /// Stored as another type.
    pub(crate) stored_as: Option<(Span, Type)>,
    /// Stored as JSON.
    pub(crate) json: Option<Span>,
    /// Never shown.
    pub(crate) secret: Option<Span>,
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
            typed: column_of_diesel(&field.attrs),
            skip: None,
            stored_as: None,
            json: None,
            secret: None,
            setter: None,
        };
        let sound = entries::all(&field.attrs, "value(expression)", diagnostics, |word, input| {
            this.word(word, input, diagnostics)
        });
        if !sound {
            // It may have been a parent, which others then read by this name.
            let name = this.ident.unraw().to_string();
            diagnostics.doubt_name(name.strip_suffix("_id").unwrap_or(&name));
        }
        // What is no column is nobody's business unless somebody says more.
        if let (Some(span), None) = (this.skip, &this.declaration) {
            this.declaration = Some(Declaration { word: "default", span, source: Source::Default });
        }
        Some(this)
    }

    fn word(&mut self, word: &Ident, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry {
        if let Some(word) = Keyword::find(word, KNOWN) {
            return self.known(word, input, diagnostics);
        }
        let is_parent = self.declaration.as_ref().is_some_and(|declaration| declaration.sub_factory().is_some());
        if let Some(option) = Keyword::find(word, &[words::SUB_FACTORY]).filter(|_| is_parent) {
            let what = format!("`{}` is an option of `sub_factory`", option.text);
            diagnostics.error(word.span(), format!("{what}; write it inside, behind the factory"));
        } else if Keyword::find(word, &[words::STRUCT]).is_some() {
            diagnostics.error(
                word.span(),
                format!("`{}` belongs on the struct; write it above `struct`, not on a field", word.unraw()),
            );
        } else {
            entries::unknown("attribute", word, KNOWN, diagnostics, |word, muted| {
                self.known(word, input, muted);
            });
        }
        None
    }

    fn known(&mut self, word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry {
        let twice = match word.text {
            "key" => self.key.replace(word.bare(input, diagnostics).map(|()| word.span)?).is_some(),
            "database" => self.database.replace(word.bare(input, diagnostics).map(|()| word.span)?).is_some(),
            "skip" => self.skip.replace(word.bare(input, diagnostics).map(|()| word.span)?).is_some(),
            "json" => self.json.replace(word.bare(input, diagnostics).map(|()| word.span)?).is_some(),
            "secret" => self.secret.replace(word.bare(input, diagnostics).map(|()| word.span)?).is_some(),
            "as" => {
                let ty = word.argument(input, diagnostics, |input| word.ty(input, diagnostics))?;
                self.stored_as.replace((word.span, ty)).is_some()
            }
            "column" => self
                .column
                .replace(word.assigned(input, diagnostics, |input| word.parse(input, diagnostics))?)
                .is_some(),
            "setter" => self
                .setter
                .replace(word.assigned(input, diagnostics, |input| word.parse(input, diagnostics))?)
                .is_some(),
            _ => return self.declare(word, input, diagnostics),
        };
        if twice {
            diagnostics.error(word.span, format!("`{}` stands here twice; leave one out", word.text));
        }
        Some(())
    }

    fn declare(&mut self, word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry {
        let declaration = Declaration::read(word, input, diagnostics)?;
        if let Some(other) = &self.declaration {
            let (name, other, word) = (self.ident.unraw(), other.word, word.text);
            let both = if other == word { format!("`{word}` twice") } else { format!("`{other}` and `{word}`") };
            diagnostics.error(declaration.span, format!("`{name}` gets its value from {both}; leave one out"));
            return Some(());
        }
        self.declaration = Some(declaration);
        Some(())
    }
}

/// `#[diesel(column_name = type_)]`
fn column_of_diesel(attrs: &[Attribute]) -> Option<Ident> {
    let mut lists = attrs.iter().filter(|attr| attr.path().is_ident("diesel"));
    lists.find_map(|attr| {
        let Meta::List(list) = &attr.meta else { return None };
        let tokens: Vec<_> = list.tokens.clone().into_iter().collect();
        tokens.windows(3).find_map(|tokens| match tokens {
            [TokenTree::Ident(word), TokenTree::Punct(sign), TokenTree::Ident(name)]
                if word == "column_name" && sign.as_char() == '=' =>
            {
                Some(name.clone())
            }
            _ => None,
        })
    })
}
