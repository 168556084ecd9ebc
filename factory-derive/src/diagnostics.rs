//! Gathers the errors of every stage, and the names that what is faulty may have meant. Knows nothing of what they are
//! about.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt::Display;

/// A list of errors that has to be looked at in the end.
pub(crate) struct Diagnostics {
    errors: RefCell<Option<Vec<syn::Error>>>,
    doubtful: RefCell<HashSet<String>>,
}

impl Diagnostics {
    pub(crate) fn new() -> Self {
        Self { errors: RefCell::new(Some(Vec::new())), doubtful: RefCell::default() }
    }

    /// Takes errors and forgets them: for text that was reported already, and is read for what can be made of it.
    pub(crate) fn muted() -> Self {
        Self { errors: RefCell::new(None), doubtful: RefCell::default() }
    }

    /// Reports a mistake under what is wrong.
    pub(crate) fn error(&self, at: impl At, message: impl Display) {
        self.push(at.error(message));
    }

    fn push(&self, error: syn::Error) {
        if let Some(errors) = self.errors.borrow_mut().as_mut() {
            errors.push(error);
        }
    }

    /// The value, or its error is reported.
    pub(crate) fn take<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Notes every name in faulty text: it may have been declared there.
    pub(crate) fn doubt(&self, faulty: TokenStream) {
        for token in faulty {
            match token {
                TokenTree::Group(group) => self.doubt(group.stream()),
                TokenTree::Ident(name) => self.doubt_name(&name.to_string()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
        }
    }

    /// Notes one such name.
    pub(crate) fn doubt_name(&self, name: &str) {
        self.doubtful.borrow_mut().insert(name.trim_start_matches("r#").to_owned());
    }

    /// Whether an error about this name may merely follow from another.
    pub(crate) fn is_doubtful(&self, name: &str) -> bool {
        self.doubtful.borrow().contains(name)
    }

    /// All errors in one.
    pub(crate) fn finish(self) -> syn::Result<()> {
        let errors = self.errors.borrow_mut().take().unwrap_or_default();
        let combined = errors.into_iter().reduce(|mut all, error| {
            all.combine(error);
            all
        });
        combined.map_or(Ok(()), Err)
    }
}

/// Where a mistake is: at a word, or at several, from the first to the last.
pub(crate) trait At {
    fn error(self, message: impl Display) -> syn::Error;
}

impl At for Span {
    fn error(self, message: impl Display) -> syn::Error {
        syn::Error::new(self, message)
    }
}

impl<T: ToTokens> At for &T {
    fn error(self, message: impl Display) -> syn::Error {
        syn::Error::new_spanned(self, message)
    }
}

impl Drop for Diagnostics {
    fn drop(&mut self) {
        let finished = self.errors.borrow().is_none();
        assert!(finished || std::thread::panicking(), "diagnostics were dropped without being finished");
    }
}
