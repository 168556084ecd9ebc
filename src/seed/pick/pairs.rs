//! Pairs of two kinds without repeats: some of them, all of them, and several of one kind for one of the other. Knows
//! both kinds by number alone.

use super::Permutation;
use crate::error::BoxError;

/// n different pairs of `0..a` and `0..b`, in no visible order.
///
/// The first n places of a [`Permutation`] of all pairs: none comes twice, and each is found without the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pairs {
    n: u64,
    /// How many pairs one of the first kind is in.
    b: u64,
    order: Permutation,
}

impl Pairs {
    /// So many pairs.
    ///
    /// # Errors
    ///
    /// There are fewer than n, or more than 2⁶⁴ in all.
    pub(crate) fn new(a: u64, b: u64, n: u64, key: u64) -> Result<Self, BoxError> {
        let all = Cross::new(a, b)?.total();
        if n > all {
            return Err(format!("of {a} and {b} there are {all} different pairs, not {n}; ask for fewer").into());
        }
        Ok(Self { n, b, order: Permutation::new(all, key) })
    }

    /// The pair of row i, which is one of `0..n`.
    pub(crate) fn at(&self, i: u64) -> (u64, u64) {
        let pair = self.order.at(i);
        (pair / self.b.max(1), pair % self.b.max(1))
    }

    /// How many pairs there are: n.
    pub(crate) fn total(&self) -> u64 {
        self.n
    }
}

/// All pairs of `0..a` and `0..b` in order: the first of `a` with each of `b`, then the second.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cross {
    b: u64,
    total: u64,
}

impl Cross {
    /// All pairs.
    ///
    /// # Errors
    ///
    /// There are more than 2⁶⁴.
    pub(crate) fn new(a: u64, b: u64) -> Result<Self, BoxError> {
        let Some(total) = a.checked_mul(b) else {
            return Err(format!("the pairs of {a} and {b} are more than can be counted; pass fewer of either").into());
        };
        Ok(Self { b, total })
    }

    /// The pair of row i, which is below the total.
    pub(crate) fn at(&self, i: u64) -> (u64, u64) {
        (i / self.b.max(1), i % self.b.max(1))
    }

    /// How many pairs there are.
    pub(crate) fn total(&self) -> u64 {
        self.total
    }
}

/// Several of n for one parent, none twice: the j-th of them, where the key is the parent's own. `None` where there are
/// not so many.
pub(crate) fn distinct(n: u64, key: u64, j: u64) -> Option<u64> {
    (j < n).then(|| Permutation::new(n, key).at(j))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_pair_twice() {
        for (a, b) in [(0, 9), (9, 0), (1, 1), (1, 50), (50, 1), (7, 11), (100, 100)] {
            let pairs = Pairs::new(a, b, a * b, 42).unwrap();
            let all: HashSet<_> = (0..pairs.total()).map(|i| pairs.at(i)).collect();
            assert_eq!(all.len() as u64, a * b);
            assert!(all.iter().all(|pair| pair.0 < a && pair.1 < b));
            let cross = Cross::new(a, b).unwrap();
            let in_order = (0..a).flat_map(|first| (0..b).map(move |second| (first, second)));
            assert!((0..cross.total()).map(|i| cross.at(i)).eq(in_order));
        }
    }

    #[test]
    fn some_for_one_parent() {
        for parent in 0..100 {
            let tags: HashSet<_> = (0..5).filter_map(|j| distinct(8, parent, j)).collect();
            assert!(tags.len() == 5 && tags.iter().all(|tag| *tag < 8));
        }
        assert_eq!(
            [distinct(2, 42, 1).is_some(), distinct(2, 42, 2).is_some(), distinct(0, 42, 0).is_some()],
            [true, false, false]
        );
    }

    #[test]
    fn golden_pairs() {
        let pairs = Pairs::new(1_000, 50, 100, 42).unwrap();
        assert_eq!([0, 1, 99].map(|i| pairs.at(i)), [(891, 15), (877, 24), (380, 49)]);
        assert_eq!([0, 1, 2].map(|j| distinct(50, 7, j)), [5, 31, 9].map(Some));
    }

    #[test]
    fn extremes() {
        let pairs = Pairs::new(u64::MAX, 1, u64::MAX, 42).unwrap();
        assert_eq!(pairs.at(u64::MAX - 1).1, 0);
        let wide = Pairs::new(1 << 31, 1 << 32, 9, 42).unwrap();
        assert!((0..9).map(|i| wide.at(i)).all(|(first, second)| first < 1 << 31 && second < 1 << 32));
    }

    #[test]
    fn mistakes() {
        let said = |a, b, n| Pairs::new(a, b, n, 42).unwrap_err().to_string();
        assert_eq!(said(3, 4, 13), "of 3 and 4 there are 12 different pairs, not 13; ask for fewer");
        assert!(said(1 << 32, 1 << 32, 1).ends_with("are more than can be counted; pass fewer of either"));
    }
}
