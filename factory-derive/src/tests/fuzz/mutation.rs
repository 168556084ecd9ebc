//! Other inputs made of those that are there: tokens dropped, doubled, swapped, replaced.

use super::pieces::{self, Piece};
use super::random::Random;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::ops::Range;

/// Changes a few tokens, most of them in attributes; some are taken from the other input.
pub(super) fn of(input: TokenStream, other: TokenStream, words: &[TokenTree], random: &mut Random) -> TokenStream {
    let (mut pieces, other) = (pieces::apart(input), pieces::apart(other));
    for _ in 0..=random.below(4) {
        if pieces.is_empty() || other.is_empty() {
            break;
        }
        let inside = factory(&pieces);
        let within = if inside.is_empty() || random.below(5) == 0 { 0..pieces.len() } else { inside };
        change(&mut pieces, within, &other, words, random);
    }
    pieces::together(&pieces)
}

/// Random tokens instead of what `factory` has in its parentheses.
pub(super) fn noise(input: TokenStream, words: &[TokenTree], random: &mut Random) -> TokenStream {
    let mut pieces = pieces::apart(input);
    let within = factory(&pieces);
    let tokens = (0..random.below(12)).map(|_| match random.below(8) {
        0 => Piece::Open(delimiter(random)),
        1 => Piece::Close,
        _ => Piece::Token(random.pick(words).clone()),
    });
    let tokens: Vec<_> = tokens.collect();
    pieces.splice(within, tokens);
    pieces::together(&pieces)
}

/// Where the tokens between `factory(` and the last `)` of all attributes stand. Empty where there is none.
fn factory(pieces: &[Piece]) -> Range<usize> {
    let is_factory = |piece: &Piece| matches!(piece, Piece::Token(TokenTree::Ident(word)) if word == "factory");
    let Some(start) = pieces.iter().position(is_factory) else { return 0..0 };
    let last = pieces.iter().rposition(is_factory).unwrap_or(start);
    let mut depth = 0_usize;
    for (at, piece) in pieces.iter().enumerate().skip(last + 1) {
        match piece {
            Piece::Open(_) => depth += 1,
            Piece::Close if depth <= 1 => return (start + 2).min(at)..at,
            Piece::Close => depth -= 1,
            Piece::Token(_) => {}
        }
    }
    0..0
}

fn change(pieces: &mut Vec<Piece>, within: Range<usize>, other: &[Piece], words: &[TokenTree], random: &mut Random) {
    let at = within.start + random.below(within.len());
    let (run, second) = (run(at, within.end, random), within.start + random.below(within.len()));
    match random.below(9) {
        0 => drop(pieces.drain(run)),
        1 => {
            let doubled = pieces[run].to_vec();
            pieces.splice(at..at, doubled);
        }
        2 => pieces.swap(at, second),
        3 => pieces.swap(at, (at + 1).min(within.end - 1)),
        4 => pieces[at] = Piece::Token(random.pick(words).clone()),
        5 => pieces.insert(at, Piece::Token(random.pick(words).clone())),
        6 => {
            pieces.insert(run.end, Piece::Close);
            pieces.insert(at, Piece::Open(delimiter(random)));
        }
        7 => {
            let moved: Vec<_> = pieces.drain(run).collect();
            let to = second.min(pieces.len());
            pieces.splice(to..to, moved);
        }
        _ => {
            let from = random.below(other.len());
            let taken = other[self::run(from, other.len(), random)].to_vec();
            pieces.splice(run, taken);
        }
    }
}

/// A few tokens from here on.
fn run(at: usize, end: usize, random: &mut Random) -> Range<usize> {
    at..(at + 1 + random.below(6)).min(end)
}

fn delimiter(random: &mut Random) -> Delimiter {
    *random.pick(&[
        Delimiter::Parenthesis,
        Delimiter::Parenthesis,
        Delimiter::Bracket,
        Delimiter::Brace,
        Delimiter::None,
        Delimiter::None,
    ])
}
