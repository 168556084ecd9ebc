//! Where rows are stored: `table = "users"`, `table = schema::users`.

use super::entries::Entry;
use super::keyword::Keyword;
use crate::diagnostics::Diagnostics;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::ParseStream;
use syn::{Expr, ExprLit, ExprPath, Lit, LitStr, Path, PathArguments};

/// What is said of it.
#[derive(Default)]
pub(crate) struct Tables {
    /// The table as SQL names it.
    pub(crate) text: Option<LitStr>,
    /// The module that Diesel's `table!` has made of it.
    pub(crate) path: Option<Path>,
    /// It refuses to give rows back; the word stands here.
    pub(crate) no_returning: Option<Span>,
}

/// One way to name a table.
enum Table {
    Text(LitStr),
    Path(Path),
}

impl Tables {
    /// Whether there is a table.
    pub(crate) fn is_some(&self) -> bool {
        self.text.is_some() || self.path.is_some()
    }

    /// Its name where no database is asked.
    pub(crate) fn name(&self) -> Option<String> {
        let last = || self.path.as_ref()?.segments.last().map(|segment| segment.ident.unraw().to_string());
        self.text.as_ref().map(LitStr::value).or_else(last)
    }

    /// `table = ..`, and whether there was one of this kind already.
    pub(super) fn read(&mut self, word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<bool> {
        Some(match table(word, input, diagnostics)? {
            Table::Text(text) => self.text.replace(text).is_some(),
            Table::Path(path) => self.path.replace(path).is_some(),
        })
    }
}

fn table(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Table> {
    match word.parse::<Expr>(input, diagnostics)? {
        Expr::Lit(ExprLit { lit: Lit::Str(name), .. }) if name.value().split('.').any(str::is_empty) => {
            diagnostics
                .error(name.span(), "a table needs a name; write `table = \"users\"` or `table = \"schema.users\"`");
            None
        }
        Expr::Lit(ExprLit { lit: Lit::Str(name), .. }) => Some(Table::Text(name)),
        Expr::Path(ExprPath { path, qself: None, .. })
            if path.segments.iter().all(|segment| matches!(segment.arguments, PathArguments::None)) =>
        {
            Some(Table::Path(path))
        }
        other => {
            let what = "a table is named by a string, or for Diesel by the path of its `table!`";
            word.misused(&other, what, diagnostics);
            None
        }
    }
}
