//! What only grows from row to row: instants in their order, and counters. Knows nothing of calendars.

use super::chance::{below, up_to, word};
use crate::error::BoxError;
use std::ops::RangeInclusive;

/// n instants from one to before another, never decreasing: each at a random place in a slot of its own, where all
/// slots have the same length.
///
/// That is the stratified sampling of Cook: *Stochastic Sampling in Computer Graphics* (ACM TOG 5, 1986): in no visible
/// step, and without the gaps and heaps of pure chance, which could not be had in order without all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Series {
    start: i128,
    end: i128,
    n: u64,
    key: u64,
}

impl Series {
    /// So many instants from `start` to before `end`; or all at `start`, where both are the same. In nanoseconds, or
    /// whatever is counted.
    ///
    /// # Errors
    ///
    /// `end` is before `start`.
    pub(crate) fn new(start: i128, end: i128, n: u64, key: u64) -> Result<Self, BoxError> {
        if end < start {
            return Err("a series cannot end before it starts; put the earlier instant first".into());
        }
        Ok(Self { start, end, n, key })
    }

    /// The instant of row i; from n on, the end.
    pub(crate) fn at(&self, i: u64) -> i128 {
        if i >= self.n {
            return self.end;
        }
        let (slot, next) = (self.slot(i), self.slot(i + 1));
        self.start.saturating_add_unsigned(slot + within(self.key, i, next - slot))
    }

    /// How far from the start slot i begins: i parts in n of the whole, rounded down.
    fn slot(&self, i: u64) -> u128 {
        let (n, i) = (u128::from(self.n), u128::from(i));
        let length = self.end.abs_diff(self.start);
        // The product of both could overflow; that of i with what the division leaves cannot.
        length / n * i + length % n * i / n
    }
}

/// A random number below `length`, or 0.
fn within(key: u64, i: u64, length: u128) -> u128 {
    let drawn = word(key, i);
    match u64::try_from(length) {
        Ok(length) => below(drawn, length).into(),
        Err(_) => ((u128::from(drawn) << 64) | u128::from(word(!key, i))) % length,
    }
}

/// A counter that each row finds by itself: it starts somewhere and grows from row to row by a number in a range, which
/// is on average the middle of it.
///
/// Row i lies at i times the middle, give or take half the width: two that follow each other are as far apart as the
/// range allows. Far from the start the counter is as near to the average as close to it, which a walk of independent
/// steps would not be; but that cannot be found without all rows before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Growth {
    start: u64,
    least: u64,
    /// By how much the largest step is above the least.
    width: u64,
    key: u64,
}

impl Growth {
    /// A counter that is `start` in row 0. It stays at the largest number once it has come there.
    ///
    /// # Errors
    ///
    /// The range of steps is empty.
    pub(crate) fn new(start: u64, steps: RangeInclusive<u64>, key: u64) -> Result<Self, BoxError> {
        let (least, most) = steps.into_inner();
        let Some(width) = most.checked_sub(least) else {
            return Err(
                format!("`{least}..={most}` holds no step to grow by; its start has to be below its end").into()
            );
        };
        Ok(Self { start, least, width, key })
    }

    /// The value in row i.
    pub(crate) fn at(&self, i: u64) -> u64 {
        let jitter = if i == 0 { 0 } else { up_to(word(self.key, i), self.width) };
        let (row, width) = (u128::from(i), u128::from(self.width));
        // Twice the middle is a whole number. From row to row, `row * width + jitter` grows by 0 to twice the width.
        let above = u128::midpoint(row * width, jitter.into());
        let value = (row * u128::from(self.least)).saturating_add(above).saturating_add(self.start.into());
        u64::try_from(value).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_in_order() {
        for (start, end, n) in [(0, 0, 5), (-7, 9, 100), (-1_000, 1_000_000, 1_000), (5, 105, 100), (0, 1, 0)] {
            let series = Series::new(start, end, n, 42).unwrap();
            let instants: Vec<i128> = (0..n).map(|i| series.at(i)).collect();
            assert!(instants.is_sorted());
            assert!(instants.iter().all(|instant| start <= *instant && (*instant < end || start == end)));
            assert_eq!(series.at(n), end);
        }
        let days = Series::new(0, 1_000, 10, 42).unwrap();
        assert!((0..10).all(|i| days.at(i) / 100 == i128::from(i)));
    }

    #[test]
    fn steps_are_in_their_range() {
        for steps in [0..=0, 0..=1, 1..=1, 1..=2, 3..=10, 0..=100, 7..=1_000] {
            let counter = Growth::new(50, steps.clone(), 42).unwrap();
            let values: Vec<u64> = (0..20_000).map(|i| counter.at(i)).collect();
            assert_eq!(values[0], 50);
            let mut found: Vec<u64> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
            assert!(found.iter().all(|step| steps.contains(step)), "{steps:?}");
            found.sort_unstable();
            found.dedup();
            let possible = steps.end() - steps.start() + 1;
            assert!(found.len() as u64 >= possible * 9 / 10, "{steps:?}: {}", found.len());
            assert!((values[19_999] - 50).abs_diff((steps.start() + steps.end()) * 19_999 / 2) <= possible);
        }
    }

    #[test]
    fn golden_values() {
        let series = Series::new(0, 86_400_000_000_000, 1_000, 42).unwrap();
        assert_eq!([0, 1, 999].map(|i| series.at(i)), [51_504_670_526, 100_255_569_488, 86_398_342_434_338]);
        let counter = Growth::new(1_000, 1..=9, 42).unwrap();
        assert_eq!([1, 10, 11, 12, 999_999_999].map(|i| counter.at(i)), [1_005, 1_053, 1_058, 1_064, 5_000_000_998]);
    }

    #[test]
    fn extremes() {
        for n in [1, 2, u64::MAX] {
            let series = Series::new(i128::MIN, i128::MAX, n, 42).unwrap();
            assert!(series.at(0) <= series.at(1) && series.at(n - 1) < i128::MAX && series.at(u64::MAX) == i128::MAX);
        }
        let widest = Growth::new(u64::MAX, 0..=u64::MAX, 42).unwrap();
        assert_eq!([0, 1, u64::MAX].map(|i| widest.at(i)), [u64::MAX; 3]);
        let steepest = Growth::new(0, u64::MAX..=u64::MAX, 42).unwrap();
        assert_eq!([0, 1, u64::MAX].map(|i| steepest.at(i)), [0, u64::MAX, u64::MAX]);
    }

    #[test]
    fn mistakes() {
        assert!(
            Series::new(1, 0, 9, 42).unwrap_err().to_string().starts_with("a series cannot end before it starts; ")
        );
        #[expect(clippy::reversed_empty_ranges, reason = "a mistake to be found")]
        let reversed = Growth::new(0, 2..=1, 42);
        assert!(reversed.unwrap_err().to_string().starts_with("`2..=1` holds no step to grow by; "));
    }
}
