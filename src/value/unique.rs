//! Text that never repeats: the row's number is worked into it so that it can be read out again, whatever else the text
//! is. Knows no fakers.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::Arc;

/// A type whose values can take in the row's number: text.
#[diagnostic::on_unimplemented(
    message = "a faked `{Self}` cannot be made unique",
    label = "only text takes in the row's number",
    note = "make it of the row's number: `sequence`, or `sequence(|n| ..)`"
)]
pub trait Distinct: Sized {
    /// A value that no row with another number has, even where case, and `-` and `_`, are taken for the same.
    fn distinct(self, n: u64) -> Self;
}

/// What a faker made, with the row's number in it.
#[inline]
pub fn unique<T: Distinct>(value: T, n: u64) -> T {
    value.distinct(n)
}

/// Stands between text and number: without it `x1` of row 2 would be `x` of row 12. The digits behind the last separator
/// are the number, and other digits never get there.
const SEPARATOR: char = '-';

/// The text with the row's number: in an e-mail address before the `@`, else behind it.
pub(super) fn numbered(text: &str, n: u64) -> String {
    match address(text) {
        Some((local, domain)) => format!("{local}{SEPARATOR}{n}@{domain}"),
        None => format!("{text}{SEPARATOR}{n}"),
    }
}

/// The two sides of an e-mail address. What looks like one still does with a number in it, and what does not never will:
/// so it is known where the number stands.
fn address(text: &str) -> Option<(&str, &str)> {
    let sides = text.split_once('@')?;
    let is_address = !sides.1.contains('@') && !text.contains(char::is_whitespace);
    is_address.then_some(sides)
}

macro_rules! texts {
    ($($text:ty),+) => {$(
        #[diagnostic::do_not_recommend]
        impl Distinct for $text {
            fn distinct(self, n: u64) -> Self {
                numbered(&self, n).into()
            }
        }
    )+};
}

texts!(String, Box<str>, Rc<str>, Arc<str>, Cow<'_, str>);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Session, hash};
    use crate::value::choice;

    /// As a collation may see it.
    fn folded(text: &str) -> String {
        text.to_lowercase().replace('_', "-")
    }

    /// Text out of all that could be mistaken for a number, a separator or an address.
    fn awkward(seed: u64) -> String {
        const PIECES: &[&str] = &["1", "2", "12", "0", "-", "_", "@", "x", "X", ".", " ", "é", "-1", "2@", "@-", "İ"];
        let mut stream = Session::seeded(seed).stream(hash("awkward"), 0);
        let length = choice(&mut stream, 6);
        (0..length).map(|_| PIECES[choice(&mut stream, PIECES.len())]).collect()
    }

    #[test]
    fn rows_with_other_numbers_differ_whatever_was_faked() {
        let texts: Vec<_> =
            (0..400).map(awkward).chain(["x1", "x", "a-5@", "a@-3", "a", ""].map(String::from)).collect();
        let numbers = [0, 1, 2, 5, 10, 12, 21, 22, 112, u64::MAX];
        let mut owner = std::collections::HashMap::new();
        for text in &texts {
            for n in numbers {
                let made = folded(&text.clone().distinct(n));
                let other = *owner.entry(made.clone()).or_insert(n);
                assert_eq!(other, n, "rows {other} and {n} both have {made:?}");
            }
        }
        assert!(owner.len() > 2_000, "the texts are various: {}", owner.len());
    }

    #[test]
    fn addresses_stay_addresses() {
        assert_eq!(unique("ada@example.com".to_owned(), 7), "ada-7@example.com");
        assert_eq!(&*unique::<Box<str>>("Ada Lovelace".into(), 7), "Ada Lovelace-7");
        assert_eq!(&*unique::<Arc<str>>("call me @ home".into(), 7), "call me @ home-7");
        assert_eq!(&*unique::<Rc<str>>("a@b@c".into(), 7), "a@b@c-7");
        assert_eq!(unique(Cow::Borrowed("x1"), 2), "x1-2");
    }
}
