//! The rules for where rows are stored: what is said of a table needs one.

use crate::diagnostics::Diagnostics;
use crate::spec::Item;

pub(super) fn all(item: &Item<'_>, diagnostics: &Diagnostics) {
    if item.options.table.is_some() {
        return;
    }
    returned_has_a_table(item, diagnostics);
    what_returns_nothing_is_a_table(item, diagnostics);
}

/// `#[factory(returns = User)]` without a table
fn returned_has_a_table(item: &Item<'_>, diagnostics: &Diagnostics) {
    if let Some((span, _)) = &item.options.returns {
        diagnostics.error(*span, "`returns` says what comes back from a table, and there is none; add `table = \"..\"`, or leave `returns` out");
    }
}

/// `#[factory(no_returning)]` without a table
fn what_returns_nothing_is_a_table(item: &Item<'_>, diagnostics: &Diagnostics) {
    if let Some(span) = item.options.table.no_returning {
        diagnostics.error(span, "`no_returning` says what a table refuses, and there is none; add `table = \"..\"`, or leave `no_returning` out");
    }
}
