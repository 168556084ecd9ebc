//! Another order of n numbers, each found by itself. Knows not what is numbered.

use super::chance::{below, mix, word};

/// Rounds of the network: no pair of places tells the orders of all keys from chance any more.
const ROUNDS: usize = 6;

/// Below this n, the halves have so few values that it takes more rounds.
const FEW: u64 = 1_024;

/// Rounds for few: even of five numbers, each order is as likely as any other.
const ROUNDS_OF_FEW: usize = 24;

/// The numbers below n in another order: each of them once, and each place found without the others.
///
/// A Feistel network over pairs of a·b numbers, where a·b is n or little more, and again where it leads to n or beyond
/// ("cycle walking"). Black, Rogaway: *Ciphers with Arbitrary Finite Domains* (CT-RSA 2002). Since a·b is less than n +
/// a, and a about the root of n, few numbers need a second walk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Permutation {
    n: u64,
    /// How many values the left half has: the root of n, rounded up.
    left: u64,
    /// How many values the right half has.
    right: u64,
    /// One for each round; of few, all are used.
    keys: [u64; ROUNDS_OF_FEW],
}

impl Permutation {
    /// The order that belongs to the key.
    pub(crate) fn new(n: u64, key: u64) -> Self {
        let root = n.isqrt();
        let left = if root * root < n { root + 1 } else { root };
        let right = n.div_ceil(left.max(1));
        let mut keys = [0; ROUNDS_OF_FEW];
        for (key_of_round, round) in keys[..rounds(n)].iter_mut().zip(0..) {
            *key_of_round = word(key, round);
        }
        Self { n, left, right, keys }
    }

    /// The number at place i. Places from n on keep their own number, as if they had not been shuffled.
    pub(crate) fn at(&self, i: u64) -> u64 {
        if i >= self.n {
            return i;
        }
        let mut number = self.walk(i);
        while number >= self.n {
            number = self.walk(number);
        }
        number
    }

    /// Once through all rounds: a bijection of the a·b numbers.
    fn walk(&self, number: u64) -> u64 {
        let (mut left, mut right) = (number / self.right, number % self.right);
        for keys in self.keys[..rounds(self.n)].chunks_exact(2) {
            left = turn(left, mix(keys[0] ^ right), self.left);
            right = turn(right, mix(keys[1] ^ left), self.right);
        }
        left * self.right + right
    }
}

fn rounds(n: u64) -> usize {
    if n < FEW { ROUNDS_OF_FEW } else { ROUNDS }
}

/// `half`, of n values, moved on by a random number of steps. Halves are of at most 2³², so that nothing overflows.
fn turn(half: u64, word: u64, n: u64) -> u64 {
    let moved = half + below(word, n);
    if moved < n { moved } else { moved - n }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn each_number_once() {
        for n in (0..300).chain([1_000, 1_023, 1_024, 1_025, 4_095, 99_999, 65_537]) {
            let order = Permutation::new(n, n + 42);
            let mut numbers: Vec<u64> = (0..n).map(|i| order.at(i)).collect();
            numbers.sort_unstable();
            assert!(numbers.into_iter().eq(0..n), "{n}");
        }
    }

    #[test]
    fn all_orders_of_few_are_as_likely() {
        for (n, orders) in [(2, 2), (3, 6), (4, 24), (5, 120)] {
            let mut seen = HashMap::<Vec<u64>, u64>::new();
            for key in 0..orders * 300 {
                let order = Permutation::new(n, key);
                *seen.entry((0..n).map(|i| order.at(i)).collect()).or_default() += 1;
            }
            assert_eq!(seen.len() as u64, orders);
            assert!(seen.values().all(|times| (220..380).contains(times)), "{n}: {:?}", seen.values());
        }
    }

    /// What shows in a plot: places near each other, and where they lead to.
    #[test]
    fn not_visibly_regular() {
        for (n, key) in [(1_000_000, 1), (1_048_576, 2), (10_000_000_000, 3), (u64::MAX, 4)] {
            let order = Permutation::new(n, key);
            let tenth = |i| usize::try_from(u128::from(order.at(i)) * 10 / u128::from(n)).unwrap();
            let (mut pairs, mut rising) = ([[0_u32; 10]; 10], 0);
            for i in 0..100_000 {
                pairs[tenth(i)][tenth(i + 1)] += 1;
                rising += u32::from(order.at(i) < order.at(i + 1));
            }
            // Of chance with 99 degrees of freedom, one in a million is above 180.
            let squares = pairs.as_flattened().iter().map(|found| (f64::from(*found) - 1_000.0).powi(2) / 1_000.0);
            let squares: f64 = squares.sum();
            assert!((50.0..180.0).contains(&squares), "{n}: {squares}");
            assert!((49_000..51_000).contains(&rising), "{n}: {rising}");
        }
    }

    #[test]
    fn golden_orders() {
        let order = Permutation::new(10, 42);
        assert_eq!((0..10).map(|i| order.at(i)).collect::<Vec<_>>(), [8, 5, 0, 3, 6, 1, 9, 7, 2, 4]);
        assert_eq!(Permutation::new(1_000_000_000, 42).at(999_999_999), 363_675_375);
        assert_eq!(Permutation::new(u64::MAX, 42).at(u64::MAX - 1), 1_805_595_036_220_327_858);
    }

    #[test]
    fn beyond_the_end() {
        assert_eq!(Permutation::new(0, 1).at(0), 0);
        assert_eq!(Permutation::new(10, 1).at(10), 10);
        assert_eq!(Permutation::new(u64::MAX, 1).at(u64::MAX), u64::MAX);
    }
}
