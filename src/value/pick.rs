//! Picking at random. Knows indexes and weights, not what they stand for. Portable: the picks of a
//! stream are part of the data contract, so they never change within a major version.

use rand::Rng;

use crate::session::Stream;

/// An index below `len`, each as likely as any other; 0 if `len` is 0.
///
/// # Examples
///
/// ```
/// use manufactory::Session;
/// use manufactory::session::hash;
/// use manufactory::value::choice;
///
/// let mut stream = Session::seeded(42).stream(hash("UserFactory.role"), 0);
/// assert!(choice(&mut stream, 3) < 3);
/// ```
pub fn choice(stream: &mut Stream, len: usize) -> usize {
    usize::try_from(below(stream, len as u64)).unwrap_or_default()
}

/// The index of a weight, each as likely as its weight is large; 0 if there is no weight above 0.
///
/// # Examples
///
/// ```
/// use manufactory::Session;
/// use manufactory::session::hash;
/// use manufactory::value::weighted;
///
/// let mut stream = Session::seeded(42).stream(hash("UserFactory.role"), 0);
/// assert_eq!(weighted(&mut stream, &[0, 5, 0]), 1);
/// ```
pub fn weighted(stream: &mut Stream, weights: &[u32]) -> usize {
    let total = weights.iter().copied().map(u64::from).sum();
    let mut left = below(stream, total);
    for (index, weight) in weights.iter().copied().map(u64::from).enumerate() {
        if left < weight {
            return index;
        }
        left -= weight;
    }
    0
}

/// True with this probability: never at 0 and below, always at 1 and above.
///
/// # Examples
///
/// ```
/// use manufactory::Session;
/// use manufactory::session::hash;
/// use manufactory::value::chance;
///
/// let mut stream = Session::seeded(42).stream(hash("UserFactory.nickname"), 0);
/// assert!(chance(&mut stream, 1.0));
/// assert!(!chance(&mut stream, 0.0));
/// ```
pub fn chance(stream: &mut Stream, probability: f64) -> bool {
    const STEPS: f64 = 9_007_199_254_740_992.0; // 2⁵³

    #[expect(clippy::cast_precision_loss, reason = "53 bits are what an `f64` holds without loss")]
    let fraction = (stream.next_u64() >> (u64::BITS - f64::MANTISSA_DIGITS)) as f64 / STEPS;
    fraction < probability
}

/// Refuses weights of which none is above 0. Called by the compiler.
///
/// # Panics
/// All weights are 0: a compile error where this is evaluated in a constant.
#[track_caller]
pub const fn check_weights(weights: &[u32]) {
    let mut i = 0;
    while i < weights.len() {
        if weights[i] > 0 {
            return;
        }
        i += 1;
    }
    panic!("`weighted` can pick nothing, because all weights are 0; make one of them larger");
}

/// Refuses what is no probability. Called by the compiler.
///
/// # Panics
/// It is below 0 or above 1: a compile error where this is evaluated in a constant.
#[track_caller]
pub const fn check_probability(probability: f64) -> f64 {
    assert!(probability >= 0.0 && probability <= 1.0, "`maybe` takes a probability between `0.0` and `1.0`");
    probability
}

/// A number below `bound`; 0 if that is 0. Draws just enough bits, and again while the number is
/// too large: the simplest way that is exactly uniform.
fn below(stream: &mut Stream, bound: u64) -> u64 {
    let Some(largest) = bound.checked_sub(1) else {
        return 0;
    };
    let mask = u64::MAX >> (largest | 1).leading_zeros();
    loop {
        let number = stream.next_u64() & mask;
        if number <= largest {
            return number;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::{Session, hash};

    fn stream() -> Stream {
        Session::seeded(42).stream(hash("pick"), 0)
    }

    fn tally<const N: usize>(mut pick: impl FnMut(&mut Stream) -> usize) -> [u32; N] {
        let mut counts = [0; N];
        let mut stream = stream();
        for _ in 0..10_000 {
            counts[pick(&mut stream)] += 1;
        }
        counts
    }

    #[test]
    fn golden_picks() {
        let mut stream = stream();
        let choices: Vec<usize> = (0..12).map(|_| choice(&mut stream, 10)).collect();
        let weights: Vec<usize> = (0..12).map(|_| weighted(&mut stream, &[3, 1, 0, 6])).collect();
        let chances: Vec<bool> = (0..6).map(|_| chance(&mut stream, 0.3)).collect();
        assert_eq!(choices, [8, 0, 3, 8, 2, 3, 8, 0, 8, 4, 0, 0]);
        assert_eq!(weights, [3, 3, 0, 0, 0, 3, 3, 3, 3, 3, 0, 0]);
        assert_eq!(chances, [false, false, false, true, false, true]);
    }

    #[test]
    fn choices_are_uniform() {
        let counts: [u32; 5] = tally(|stream| choice(stream, 5));
        assert!(counts.iter().all(|count| (1_800..2_200).contains(count)), "{counts:?}");
    }

    #[test]
    fn weights_weigh() {
        let counts: [u32; 4] = tally(|stream| weighted(stream, &[3, 1, 0, 6]));
        assert!((2_800..3_200).contains(&counts[0]), "{counts:?}");
        assert!((850..1_150).contains(&counts[1]), "{counts:?}");
        assert_eq!(counts[2], 0);
        let counts: [u32; 2] = tally(|stream| chance(stream, 0.3).into());
        assert!((2_800..3_200).contains(&counts[1]), "{counts:?}");
    }

    #[test]
    fn nothing_to_pick_from_does_not_panic() {
        let mut stream = stream();
        assert_eq!(choice(&mut stream, 0), 0);
        assert_eq!(choice(&mut stream, 1), 0);
        assert!(choice(&mut stream, usize::MAX) < usize::MAX);
        assert_eq!(weighted(&mut stream, &[]), 0);
        assert_eq!(weighted(&mut stream, &[0, 0]), 0);
        assert!(weighted(&mut stream, &[u32::MAX; 3]) < 3);
        assert!(!chance(&mut stream, f64::NAN));
    }
}
