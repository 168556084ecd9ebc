//! `on(postgres, sea_orm)`: the databases and the libraries that can store a model.

use super::entries::{self, Entry};
use super::keyword::Keyword;
use super::words;
use crate::diagnostics::Diagnostics;
use proc_macro2::Span;
use syn::parse::ParseStream;

/// Where a model can be stored.
pub(crate) struct On {
    pub(crate) span: Span,
    databases: Vec<&'static str>,
    libraries: Vec<&'static str>,
}

impl On {
    pub(super) fn read(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Self> {
        let mut on = Self { span: word.span, databases: Vec::new(), libraries: Vec::new() };
        let sound = entries::read(input, &word.expects("a database or a library"), diagnostics, |name, _| {
            for (known, named) in [(words::DATABASES, &mut on.databases), (words::LIBRARIES, &mut on.libraries)] {
                if let Some(name) = Keyword::find(name, &[known]) {
                    named.push(name.text);
                    return Some(());
                }
            }
            let known = &[words::DATABASES, words::LIBRARIES];
            entries::unknown("database or library", name, known, diagnostics, |_, _| {});
            None
        });
        sound.then_some(on)
    }

    /// Whether a database is among them, reached through a library; some learn at run time which database it is.
    pub(crate) fn has(&self, library: &str, database: Option<&str>) -> bool {
        let allows = |named: &[&str], name: &str| named.is_empty() || named.contains(&name);
        allows(&self.libraries, library) && database.is_none_or(|database| allows(&self.databases, database))
    }
}
