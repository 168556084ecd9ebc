//! Tokens as somebody would have typed them, for messages that show what was written. The tokens' own text has blanks
//! everywhere.

use proc_macro2::{Delimiter, Punct, Spacing, TokenStream, TokenTree};

/// What has been written last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    /// A word, a literal, a closing parenthesis.
    Value,
    /// Nothing yet, `.`, `::`, `!`, a sign, or half an operator: what follows belongs to it.
    Tight,
    /// `,`, `+`, `=`: what follows stands apart.
    Loose,
}

/// The text of these tokens.
pub(crate) fn text(tokens: TokenStream) -> String {
    let (mut text, mut last) = (String::new(), Last::Tight);
    for token in tokens {
        let (written, next, glued) = match token {
            TokenTree::Group(group) => {
                let inner = self::text(group.stream());
                let (written, glued) = match group.delimiter() {
                    Delimiter::Parenthesis => (format!("({inner})"), true),
                    Delimiter::Bracket => (format!("[{inner}]"), true),
                    Delimiter::Brace => (format!("{{ {inner} }}"), false),
                    Delimiter::None => (inner, false),
                };
                (written, Last::Value, glued)
            }
            TokenTree::Punct(punct) => {
                let (next, glued) = around(&punct, last, text.ends_with(':'));
                (punct.to_string(), next, glued)
            }
            word => (word.to_string(), Last::Value, false),
        };
        if last == Last::Loose || last == Last::Value && !glued {
            text.push(' ');
        }
        text.push_str(&written);
        last = next;
    }
    text
}

/// How what follows stands to this sign, and whether it is glued to what stands before.
fn around(punct: &Punct, last: Last, after_colon: bool) -> (Last, bool) {
    let joint = punct.spacing() == Spacing::Joint;
    match punct.as_char() {
        ':' if joint || after_colon => (Last::Tight, true),
        '.' | '!' | '<' | '>' | '?' | '|' | '\'' => (Last::Tight, true),
        ',' | ';' | ':' => (Last::Loose, true),
        '&' | '-' | '*' if last != Last::Value => (Last::Tight, false),
        _ if joint => (Last::Tight, false),
        _ => (Last::Loose, false),
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn blanks_stand_where_they_are_typed() {
        let typed = [
            "Status::Published",
            "\"a :: b\".to_owned()",
            "crate::models::UserFactory",
            "Vec<Option<u8>>",
            "Vec::<u8>::new()",
            "vec![1, -2, 3 + 4]",
            "&x as u8",
            "a == b",
            "Some(Point { x: 1, y: 2 })",
            "-1.5",
        ];
        for typed in typed {
            assert_eq!(text(typed.parse().unwrap()), typed);
        }
    }
}
