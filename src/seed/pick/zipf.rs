//! A few get most: ranks that are drawn by Zipf's law. Knows not what is ranked.

use super::chance::{below, real, unit, whole};
use crate::error::BoxError;
use crate::session::Stream;
use rand::Rng;

/// Above this exponent, not one draw in 2⁶⁴ is another than the first rank.
const STEEPEST: f64 = 64.0;

/// Ranks from 0 on: rank k is drawn in proportion to `1 / (k + 1)^s`.
///
/// By rejection from an inverted integral, without a table: Hörmann, Derflinger: *Rejection-Inversion to Generate
/// Variates from Monotone Discrete Distributions* (ACM TOMACS 6, 1996). Above 2⁵³, where floats have gaps, so have the
/// ranks, unless `s` is 0.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Zipf {
    n: u64,
    s: f64,
    /// Where the area under the density begins, the whole of the first rank counted in.
    start: f64,
    /// Where it ends.
    end: f64,
    /// So near below a rank, nothing is ever rejected.
    squeeze: f64,
}

impl Zipf {
    /// Ranks below n.
    ///
    /// # Errors
    ///
    /// There is no rank, or `s` is negative or not finite.
    pub(crate) fn new(n: u64, s: f64) -> Result<Self, BoxError> {
        if n == 0 {
            return Err("there is nothing to draw from; a Zipf distribution needs one rank at least".into());
        }
        if !(s.is_finite() && s >= 0.0) {
            return Err(format!("`{s}` is no exponent of a Zipf distribution; pass a number from 0 on").into());
        }
        let mut zipf = Self { n, s: s.min(STEEPEST), start: 0.0, end: 0.0, squeeze: 0.0 };
        zipf.start = zipf.integral(1.5) - 1.0;
        zipf.end = zipf.integral(real(n) + 0.5);
        zipf.squeeze = 2.0 - zipf.inverse(zipf.integral(2.5) - zipf.density(2.0));
        Ok(zipf)
    }

    /// A rank.
    pub(crate) fn draw(&self, stream: &mut Stream) -> u64 {
        if self.s == 0.0 {
            return below(stream.next_u64(), self.n);
        }
        loop {
            let area = self.end + unit(stream) * (self.start - self.end);
            let x = self.inverse(area);
            let rank = whole(x + 0.5).clamp(1, self.n);
            let k = real(rank);
            if k - x <= self.squeeze || area >= self.integral(k + 0.5) - self.density(k) {
                return rank - 1;
            }
        }
    }

    /// `1 / x^s`.
    fn density(&self, x: f64) -> f64 {
        libm::exp(-self.s * libm::log(x))
    }

    /// The integral of the density from 1 to x: `(x^(1-s) - 1) / (1 - s)`, or `ln x` where `s` is 1.
    fn integral(&self, x: f64) -> f64 {
        let log = libm::log(x);
        growth((1.0 - self.s) * log) * log
    }

    /// The x of which `area` is the integral.
    fn inverse(&self, area: f64) -> f64 {
        // What rounding has brought below -1 has no logarithm.
        let t = (area * (1.0 - self.s)).max(-1.0);
        libm::exp(logarithm(t) * area)
    }
}

/// `(e^x - 1) / x`, which is 1 at 0.
fn growth(x: f64) -> f64 {
    if x.abs() > 1e-8 { libm::expm1(x) / x } else { 1.0 + x / 2.0 }
}

/// `ln(1 + x) / x`, which is 1 at 0.
fn logarithm(x: f64) -> f64 {
    if x.abs() > 1e-8 { libm::log1p(x) / x } else { 1.0 - x / 2.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draws(zipf: &Zipf) -> impl Iterator<Item = u64> {
        (0..).map(|row| zipf.draw(&mut Stream::keyed(42, 7, row)))
    }

    #[test]
    fn by_the_law() {
        for s in [0.0, 0.5, 1.0, 1.0 + 1e-12, 1.1, 2.0, 5.0] {
            let mut found = [0_u32; 20];
            for rank in draws(&Zipf::new(20, s).unwrap()).take(50_000) {
                found[usize::try_from(rank).unwrap()] += 1;
            }
            let weights: Vec<f64> = (1..=20).map(|k| f64::from(k).powf(-s)).collect();
            for (found, weight) in found.into_iter().zip(&weights) {
                let expected = 50_000.0 * weight / weights.iter().sum::<f64>();
                let off = (f64::from(found) - expected).abs();
                assert!(off < 4.5 * expected.sqrt() + 1.0, "{s}: {found} for {expected}");
            }
        }
    }

    #[test]
    fn golden_ranks() {
        let first = |n, s| draws(&Zipf::new(n, s).unwrap()).take(6).collect::<Vec<_>>();
        assert_eq!(first(1_000, 0.0), [113, 804, 551, 771, 602, 972]);
        assert_eq!(first(1_000, 1.0), [425, 1, 15, 2, 10, 0]);
        assert_eq!(first(1_000_000_000, 1.1), [2_192_531, 3, 84, 4, 40, 0]);
    }

    #[test]
    fn extremes() {
        for n in [1, 2, 3, u64::MAX] {
            for s in [0.0, f64::MIN_POSITIVE, 1e-9, 0.999_999_999, 1.0, 2.0, 63.0, 1e9, f64::MAX] {
                let zipf = Zipf::new(n, s).unwrap();
                assert!(draws(&zipf).take(2_000).all(|rank| rank < n && (s <= 63.0 || rank == 0)), "{n} {s}");
            }
        }
    }

    #[test]
    fn mistakes() {
        let said = |n, s| Zipf::new(n, s).unwrap_err().to_string();
        assert!(said(0, 1.0).starts_with("there is nothing to draw from; "));
        assert!(said(1, -0.5).starts_with("`-0.5` is no exponent of a Zipf distribution; "));
        assert!(said(1, f64::NAN).starts_with("`NaN` is no exponent"));
        assert!(said(1, f64::INFINITY).starts_with("`inf` is no exponent"));
    }
}
