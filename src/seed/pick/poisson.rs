//! How often something rare happens: numbers by the law of Poisson. Knows not what happens.

use super::chance::{real, unit, whole};
use crate::session::Stream;

/// From here on the transformed rejection is exact enough, and quicker than counting up.
const MANY: f64 = 10.0;

/// Numbers by the law of Poisson, with a mean that [`Spread`](super::Spread) has checked.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Poisson {
    /// Counted up from 0 until the probabilities reach a drawn one: Devroye: *Non-Uniform Random Variate Generation*
    /// (1986), chapter X.3.
    Few {
        mean: f64,
        /// The probability of 0.
        none: f64,
    },
    /// The algorithm PTRS of Hörmann: *The Transformed Rejection Method for Generating Poisson Random Variables*
    /// (Insurance: Mathematics and Economics 12, 1993), by its names.
    Many { mean: f64, log: f64, a: f64, b: f64, inverse_alpha: f64, v_r: f64 },
}

impl Poisson {
    pub(super) fn new(mean: f64) -> Self {
        if mean < MANY {
            return Self::Few { mean, none: libm::exp(-mean) };
        }
        let b = 0.931 + 2.53 * libm::sqrt(mean);
        Self::Many {
            mean,
            log: libm::log(mean),
            a: -0.059 + 0.024_83 * b,
            b,
            inverse_alpha: 1.1239 + 1.1328 / (b - 3.4),
            v_r: 0.9277 - 3.6224 / (b - 2.0),
        }
    }

    pub(super) fn draw(&self, stream: &mut Stream) -> u64 {
        match *self {
            Self::Few { mean, none } => few(mean, none, unit(stream)),
            Self::Many { mean, log, a, b, inverse_alpha, v_r } => loop {
                let (u, v) = (unit(stream) - 0.5, unit(stream));
                let us = 0.5 - u.abs();
                let k = libm::floor((2.0 * a / us + b) * u + mean + 0.43);
                if us >= 0.07 && v <= v_r {
                    return whole(k);
                }
                if k < 0.0 || (us < 0.013 && v > us) {
                    continue;
                }
                let drawn = libm::log(v * inverse_alpha / (a / (us * us) + b));
                if drawn <= k * log - mean - libm::lgamma(k + 1.0) {
                    return whole(k);
                }
            },
        }
    }
}

fn few(mean: f64, none: f64, drawn: f64) -> u64 {
    let (mut k, mut probability, mut sum) = (0, none, none);
    // Beyond 100, with a mean below 10, is nothing that a float could tell from 1.
    while drawn >= sum && k < 100 {
        k += 1;
        probability *= mean / real(k);
        sum += probability;
    }
    k
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draws(mean: f64) -> impl Iterator<Item = u64> {
        let poisson = Poisson::new(mean);
        (0..).map(move |row| poisson.draw(&mut Stream::keyed(42, 7, row)))
    }

    #[test]
    fn by_the_law() {
        for mean in [0.01_f64, 0.5, 3.0, 9.99, 10.0, 25.0] {
            let mut found = [0_u32; 100];
            draws(mean).take(50_000).for_each(|k| found[usize::try_from(k).unwrap()] += 1);
            let mut expected = 50_000.0 * (-mean).exp();
            for (found, k) in found.into_iter().zip(1_u32..) {
                let off = (f64::from(found) - expected).abs();
                assert!(off < 4.5 * expected.sqrt() + 1.5, "{mean}: {found} of {} for {expected}", k - 1);
                expected *= mean / f64::from(k);
            }
        }
    }

    #[test]
    fn mean_and_variance_of_many() {
        for mean in [1e3, 1e6, 1e9] {
            let drawn: Vec<f64> = draws(mean).take(20_000).map(|k| real(k) - mean).collect();
            let average = drawn.iter().sum::<f64>() / 20_000.0;
            let variance = drawn.iter().map(|off| off * off).sum::<f64>() / 20_000.0;
            assert!(average.abs() < 4.0 * (mean / 20_000.0).sqrt(), "{mean}: {average}");
            assert!((0.95..1.05).contains(&(variance / mean)), "{mean}: {variance}");
        }
    }

    #[test]
    fn golden_numbers() {
        let first = |mean| draws(mean).take(6).collect::<Vec<_>>();
        assert_eq!(first(0.0), [0; 6]);
        assert_eq!(first(3.0), [1, 4, 3, 4, 3, 7]);
        assert_eq!(first(1_000.0), [955, 1_031, 1_005, 1_027, 1_009, 983]);
    }

    #[test]
    fn the_unlikeliest() {
        assert_eq!(few(0.0, 1.0, 1.0 - f64::EPSILON / 2.0), 0);
        assert!((30..=100).contains(&few(9.9, (-9.9_f64).exp(), 1.0 - f64::EPSILON / 2.0)));
    }
}
