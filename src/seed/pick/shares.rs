//! Exact shares of n rows: 80, 15 and 5 percent of them, and no row more or less. Knows not what is shared out.

use super::chance::whole;
use crate::error::BoxError;

/// n places, shared out in proportion to weights: all of the first share, then all of the second, and so on.
///
/// The places of a [`Permutation`](super::Permutation) of n have the same shares in no visible order:
/// `shares.of(permutation.at(row))`.
///
/// By largest remainder (Hamilton's method): Balinski, Young: *Fair Representation* (1982). Each share has its exact
/// part of n, rounded down or up; of two that have as much left over, the earlier one is rounded up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shares {
    /// The place after the last one of each share.
    ends: Vec<u64>,
}

impl Shares {
    /// Shares of n places. Weights are of any whole sizes or floats, and need not add up to anything.
    ///
    /// # Errors
    ///
    /// There is no weight, or none above 0; or one is negative or not finite.
    pub(crate) fn new<W: Copy + Into<f64>>(weights: &[W], n: u64) -> Result<Self, BoxError> {
        let weights: Vec<f64> = weights.iter().map(|weight| (*weight).into()).collect();
        Ok(Self { ends: ends(&parts(&weights)?, n) })
    }

    /// The share that this place belongs to; from n on, that of the last place.
    pub(crate) fn of(&self, place: u64) -> usize {
        let place = place.min(self.total().saturating_sub(1));
        // The shares that have no place end where the one before them does.
        self.ends.partition_point(|end| *end <= place).min(self.ends.len() - 1)
    }

    /// How many places this share has.
    #[cfg(test)]
    pub(crate) fn count(&self, share: usize) -> u64 {
        let end = |share: usize| self.ends.get(share).copied().unwrap_or(self.total());
        end(share) - share.checked_sub(1).map_or(0, end)
    }

    /// How many places all of them have: n.
    pub(crate) fn total(&self) -> u64 {
        self.ends.last().copied().unwrap_or(0)
    }
}

/// The weights as whole numbers below 2⁵³ in the same proportion, so that nothing is rounded from here on.
fn parts(weights: &[f64]) -> Result<Vec<u64>, BoxError> {
    if let Some(wrong) = weights.iter().find(|weight| !(weight.is_finite() && **weight >= 0.0)) {
        return Err(format!("`{wrong}` is no weight; pass numbers from 0 on").into());
    }
    let largest = weights.iter().copied().fold(0.0, f64::max);
    if largest == 0.0 {
        return Err("there is nothing to share out to; one weight at least has to be above 0".into());
    }
    // A power of two changes no digit. What falls off is less than one place of the first 2⁵³.
    let scale = 53 - libm::frexp(largest).1;
    Ok(weights.iter().map(|weight| whole(libm::scalbn(*weight, scale))).collect())
}

/// The place after the last one of each share.
fn ends(parts: &[u64], n: u64) -> Vec<u64> {
    let sum: u128 = parts.iter().copied().map(u128::from).sum();
    let quotas = parts.iter().map(|part| u128::from(*part) * u128::from(n));
    let mut counts: Vec<u128> = quotas.clone().map(|quota| quota / sum).collect();
    let rests: Vec<u128> = quotas.map(|quota| quota % sum).collect();
    // The rests add up to as many sums as places are left: less than there are shares with a rest.
    let left = usize::try_from(u128::from(n) - counts.iter().sum::<u128>()).unwrap_or(0);
    let mut by_rest: Vec<usize> = (0..parts.len()).collect();
    by_rest.sort_by_key(|share| std::cmp::Reverse(rests[*share]));
    for share in by_rest.into_iter().take(left) {
        counts[share] += 1;
    }
    let mut end = 0;
    for count in &mut counts {
        end += *count;
        *count = end;
    }
    counts.into_iter().map(|end| u64::try_from(end).unwrap_or(n)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::Permutation;
    use super::*;

    fn counts<W: Copy + Into<f64>>(weights: &[W], n: u64) -> Vec<u64> {
        let shares = Shares::new(weights, n).unwrap();
        assert_eq!(shares.total(), n);
        (0..weights.len()).map(|share| shares.count(share)).collect()
    }

    #[test]
    fn exact() {
        assert_eq!(counts(&[80, 15, 5], 1_000_000_000), [800_000_000, 150_000_000, 50_000_000]);
        assert_eq!(counts(&[0.8, 0.15, 0.05], 1_000_000_000), [800_000_000, 150_000_000, 50_000_000]);
        assert_eq!(counts(&[0.1, 0.2, 0.7], 10), [1, 2, 7]);
        assert_eq!(counts(&[1, 1, 1], 100), [34, 33, 33]);
        assert_eq!(counts(&[1, 0, 1], 3), [2, 0, 1]);
        assert_eq!(counts(&[3_u32, 1], 0), [0, 0]);
        assert_eq!(counts(&[5e-324, 1e-323], 9), [3, 6]);
        assert_eq!(counts(&[f64::MAX, f64::MAX, 1.0], u64::MAX), [1 << 63, (1 << 63) - 1, 0]);
    }

    #[test]
    fn never_off_by_one() {
        for n in 0..500 {
            let weights: Vec<u32> = (0..=n % 9).map(|i| (i * 7_919 + n) % 13 + 1).collect();
            let sum = f64::from(weights.iter().sum::<u32>());
            for (count, weight) in counts(&weights, n.into()).into_iter().zip(weights) {
                assert!((f64::from(u32::try_from(count).unwrap()) - f64::from(weight * n) / sum).abs() < 1.0);
            }
        }
    }

    #[test]
    fn in_no_visible_order() {
        let (shares, order) = (Shares::new(&[80, 15, 0, 5], 1_000).unwrap(), Permutation::new(1_000, 42));
        let rows: Vec<usize> = (0..1_000).map(|row| shares.of(order.at(row))).collect();
        let of = |share| rows.iter().filter(|found| **found == share).count();
        assert_eq!([of(0), of(1), of(2), of(3)], [800, 150, 0, 50]);
        assert_eq!(rows[..10], [0, 0, 0, 1, 1, 0, 0, 1, 0, 0]);
    }

    #[test]
    fn beyond_the_end() {
        let shares = Shares::new(&[1, 1, 0], 2).unwrap();
        assert_eq!([0, 1, 2, u64::MAX].map(|place| shares.of(place)), [0, 1, 1, 1]);
        assert_eq!(shares.count(9), 0);
        assert_eq!(Shares::new(&[1, 1], 0).unwrap().of(0), 1);
    }

    #[test]
    fn mistakes() {
        let said = |weights: &[f64]| Shares::new(weights, 9).unwrap_err().to_string();
        assert!(said(&[]).starts_with("there is nothing to share out to; "));
        assert!(said(&[0.0, -0.0]).starts_with("there is nothing to share out to; "));
        assert!(said(&[1.0, -2.5]).starts_with("`-2.5` is no weight; "));
        assert!(said(&[f64::NAN]).starts_with("`NaN` is no weight; "));
        assert!(said(&[f64::INFINITY]).starts_with("`inf` is no weight; "));
    }
}
