//! Tokens in one row, groups by their ends: what can be dropped, doubled and swapped without regard to what is whole.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use std::ops::Range;

/// A token, or one end of a group.
#[derive(Clone)]
pub(super) enum Piece {
    Token(TokenTree),
    Open(Delimiter),
    Close,
}

/// Takes the groups apart.
pub(super) fn apart(tokens: TokenStream) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                pieces.push(Piece::Open(group.delimiter()));
                pieces.extend(apart(group.stream()));
                pieces.push(Piece::Close);
            }
            token => pieces.push(Piece::Token(token)),
        }
    }
    pieces
}

/// Puts the groups together again: an end that nothing began is left out, and what is open in the end is closed.
pub(super) fn together(pieces: &[Piece]) -> TokenStream {
    let mut open = vec![(Delimiter::None, TokenStream::new())];
    let close = |open: &mut Vec<(Delimiter, TokenStream)>| {
        let Some((delimiter, content)) = open.pop() else { return };
        match open.last_mut() {
            Some((_, outer)) => outer.extend([TokenTree::from(Group::new(delimiter, content))]),
            None => open.push((delimiter, content)),
        }
    };
    for piece in pieces {
        match piece {
            Piece::Open(delimiter) => open.push((*delimiter, TokenStream::new())),
            Piece::Close => close(&mut open),
            Piece::Token(token) => {
                if let Some((_, content)) = open.last_mut() {
                    content.extend([token.clone()]);
                }
            }
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().map_or_else(TokenStream::new, |(_, content)| content)
}

/// The row without what stands here: up to the end of the group that this is in, up to the next comma, the group that
/// begins here, its ends alone, the token alone.
pub(super) fn shorter(pieces: &[Piece], at: usize) -> Vec<Vec<Piece>> {
    let (end, comma) = (end(pieces, at, false), end(pieces, at, true));
    let without = |range: Range<usize>| [&pieces[..range.start], &pieces[range.end..]].concat();
    let mut all = vec![without(at..end), without(at..comma)];
    match &pieces[at] {
        Piece::Open(_) => {
            let close = self::end(pieces, at + 1, false).min(pieces.len() - 1);
            all.extend([
                without(at..close + 1),
                [&pieces[..at], &pieces[at + 1..close], &pieces[close + 1..]].concat(),
            ]);
        }
        Piece::Token(_) => all.push(without(at..at + 1)),
        Piece::Close => {}
    }
    all.retain(|shorter| shorter.len() < pieces.len());
    all
}

/// Where the group ends that a piece is in, or what stands there up to the next comma.
fn end(pieces: &[Piece], at: usize, at_comma: bool) -> usize {
    let mut depth = 0_usize;
    for (i, piece) in pieces.iter().enumerate().skip(at) {
        match piece {
            Piece::Open(_) => depth += 1,
            Piece::Close if depth == 0 => return i,
            Piece::Close => depth -= 1,
            Piece::Token(TokenTree::Punct(punct)) if at_comma && depth == 0 && punct.as_char() == ',' => return i + 1,
            Piece::Token(_) => {}
        }
    }
    pieces.len()
}

/// The tokens as source text. What a `macro_rules!` fragment puts around them cannot be written: it is shown as
/// `fragment!(..)`.
pub(super) fn shown(tokens: TokenStream) -> TokenStream {
    let mut text = TokenStream::new();
    for token in tokens {
        let TokenTree::Group(group) = token else {
            text.extend([token]);
            continue;
        };
        let delimiter = match group.delimiter() {
            Delimiter::None => {
                text.extend([TokenTree::from(Ident::new("fragment", Span::call_site()))]);
                text.extend([TokenTree::from(Punct::new('!', Spacing::Alone))]);
                Delimiter::Parenthesis
            }
            delimiter => delimiter,
        };
        text.extend([TokenTree::from(Group::new(delimiter, shown(group.stream())))]);
    }
    text
}
