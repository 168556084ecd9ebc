//! The dice that everything here throws: random words by key and number, and the way from words to numbers. Knows no
//! distribution but the even one.

use crate::session::Stream;
use rand::Rng;

/// The increment of `SplitMix64`: 2⁶⁴ divided by the golden ratio.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The word of this number, and no other: any place in the sequence of a `SplitMix64` that starts at the key.
///
/// Steele, Lea, Flood: *Fast Splittable Pseudorandom Number Generators* (OOPSLA 2014).
#[inline]
pub(crate) const fn word(key: u64, number: u64) -> u64 {
    // Keys are often counted: without the first mix, the sequences of neighbours could overlap.
    mix(mix(key).wrapping_add(number.wrapping_add(1).wrapping_mul(GOLDEN)))
}

/// The finalizer of `SplitMix64` (Stafford's variant 13): every bit in changes about half of the bits out.
#[inline]
pub(super) const fn mix(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// A random word brought into `0..n`; 0 where that is empty. Of n numbers some are likelier than others by n in 2⁶⁴.
///
/// The multiplication of Lemire: *Fast Random Integer Generation in an Interval* (ACM TOMACS 29, 2019), without its
/// rejection, so that each number takes one word.
#[inline]
pub(super) const fn below(word: u64, n: u64) -> u64 {
    ((word as u128 * n as u128) >> 64) as u64
}

/// A random word brought into `0..=most`.
#[inline]
pub(super) const fn up_to(word: u64, most: u64) -> u64 {
    match most.checked_add(1) {
        Some(n) => below(word, n),
        None => word,
    }
}

/// A random number of at least 0 and below 1, in steps of 2⁻⁵³.
#[inline]
pub(super) fn unit(stream: &mut Stream) -> f64 {
    real(stream.next_u64() >> 11) / 9_007_199_254_740_992.0
}

/// The nearest float.
#[inline]
#[expect(clippy::cast_precision_loss, reason = "the nearest will do")]
pub(super) const fn real(number: u64) -> f64 {
    number as f64
}

/// The whole part, as far as 64 bits hold it; 0 of what is negative.
#[inline]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
pub(super) const fn whole(number: f64) -> u64 {
    number as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn golden_words() {
        assert_eq!([word(0, 0), word(42, 7)], [0xe220_a839_7b1d_cdaf, 0x2724_04a0_a392_6552]);
        assert_eq!(word(u64::MAX, u64::MAX), 0x4bff_d802_ebfb_15e4);
    }

    #[test]
    fn stays_in_range() {
        assert_eq!([below(u64::MAX, 0), below(u64::MAX, 1), below(u64::MAX, 6), below(0, 6)], [0, 0, 5, 0]);
        assert_eq!(below(u64::MAX, u64::MAX), u64::MAX - 1);
        assert_eq!([up_to(u64::MAX, 0), up_to(u64::MAX, 5), up_to(u64::MAX, u64::MAX)], [0, 5, u64::MAX]);
        assert_eq!([whole(-1.0), whole(2.9), whole(f64::NAN), whole(f64::INFINITY)], [0, 2, 0, u64::MAX]);
    }
}
