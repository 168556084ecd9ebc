//! A format string and the attributes it names: `"{title} no. {n:03}, by {author.name}"`.

use super::entries::Entry;
use super::identifier;
use super::keyword::Keyword;
use crate::diagnostics::Diagnostics;
use proc_macro2::Span;
use syn::parse::ParseStream;
use syn::{Ident, LitStr};

/// A format string, its holes numbered, and what goes into them.
pub(crate) struct Template {
    /// The string with `{title}` turned into `{0}`, at the place of the written one.
    pub(crate) literal: LitStr,
    /// What stands in hole 0, 1, ..
    pub(crate) holes: Vec<Hole>,
}

/// `{author.name}`: an attribute, and the fields to go through from there.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Hole {
    pub(crate) name: Ident,
    pub(crate) fields: Vec<Ident>,
}

impl Template {
    pub(crate) fn read(word: Keyword, input: ParseStream<'_>, diagnostics: &Diagnostics) -> Entry<Self> {
        let literal: LitStr = word.parse(input, diagnostics)?;
        match numbered(&literal.value(), literal.span()) {
            Ok((text, holes)) => Some(Self { literal: LitStr::new(&text, literal.span()), holes }),
            Err(message) => {
                diagnostics.error(literal.span(), message);
                None
            }
        }
    }
}

/// Numbers the holes of a format string; names that stand twice share a number.
fn numbered(text: &str, span: Span) -> Result<(String, Vec<Hole>), String> {
    let mut holes: Vec<Hole> = Vec::new();
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if from.starts_with("{{") || from.starts_with("}}") {
            out.push_str(&from[..2]);
            rest = &from[2..];
            continue;
        }
        let Some(end) = from.find('}').filter(|_| from.starts_with('{')) else {
            return Err("a brace without its other half; the character itself is written `{{` or `}}`".into());
        };
        let (path, spec) =
            from[1..end].split_once(':').map_or((&from[1..end], None), |(path, spec)| (path, Some(spec)));
        if spec.is_some_and(|spec| spec.contains(['$', '*'])) {
            return Err(format!(
                "`{{{}}}` takes its width from an argument; write `lazy(|attribute| format!(..))`",
                &from[1..end]
            ));
        }
        let hole = hole(path.trim(), span)?;
        let number = holes.iter().position(|other| *other == hole).unwrap_or_else(|| {
            holes.push(hole);
            holes.len() - 1
        });
        let spec = spec.map(|spec| [":", spec]).unwrap_or_default();
        out.extend(["{", &number.to_string(), spec[0], spec[1], "}"]);
        rest = &from[end + 1..];
    }
    out.push_str(rest);
    Ok((out, holes))
}

fn hole(path: &str, span: Span) -> Result<Hole, String> {
    let mut names = path.split('.').map(|part| {
        let part = part.trim();
        identifier(part.strip_prefix("r#").unwrap_or(part), span)
    });
    let refused = || {
        if path.is_empty() || path.bytes().all(|byte| byte.is_ascii_digit()) {
            format!(
                "`{{{path}}}` does not say which attribute goes here; write its name, such as `{{title}}`, or `{{n}}` for the row's number"
            )
        } else {
            format!("`{{{path}}}` is not the name of an attribute; write `lazy(|attribute| format!(..))`")
        }
    };
    let name = names.next().flatten().ok_or_else(refused)?;
    let fields = names.collect::<Option<Vec<_>>>().ok_or_else(refused)?;
    Ok(Hole { name, fields })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<(String, Vec<String>), String> {
        let (text, holes) = numbered(text, Span::call_site())?;
        let path = |hole: Hole| {
            [hole.name].into_iter().chain(hole.fields).map(|i| i.to_string()).collect::<Vec<_>>().join(".")
        };
        Ok((text, holes.into_iter().map(path).collect()))
    }

    #[test]
    fn holes_are_numbered() {
        assert_eq!(read("{a} {{x}} {b:>3} {a}"), Ok(("{0} {{x}} {1:>3} {0}".into(), vec!["a".into(), "b".into()])));
        assert_eq!(read("{author.name}"), Ok(("{0}".into(), vec!["author.name".into()])));
        assert_eq!(read("{type}"), Ok(("{0}".into(), vec!["r#type".into()])));
        for wrong in ["{}", "{0}", "{a", "a}", "{a + b}", "{a:w$}", "{a:.*}"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
