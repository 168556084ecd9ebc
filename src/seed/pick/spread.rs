//! How many children a parent gets: the ways to say it, and the draw. Knows neither parents nor children.

use super::Zipf;
use super::chance::{unit, up_to, whole};
use super::poisson::Poisson;
use crate::error::BoxError;
use crate::session::Stream;
use rand::Rng;
use std::ops::{Range, RangeInclusive};

/// The largest mean: the floats of the draw are exact enough up to here, and it is more than any parent has.
const LARGEST_MEAN: f64 = 1e9;

/// How many children each parent gets.
///
/// A number is exactly so many: `3`. A range is any number in it, each as likely as any other: `0..=5`, or `0..6`.
/// [`poisson`](Spread::poisson), [`geometric`](Spread::geometric) and [`zipf`](Spread::zipf) are less even.
///
/// A number that makes no sense, say a negative one, is an error as soon as children are to be made.
///
/// # Examples
///
/// ```
/// use manufactory::Session;
/// use manufactory::seed::Spread;
///
/// fn children(spread: impl Into<Spread>) -> Vec<u64> {
///     let (spread, session) = (spread.into(), Session::seeded(42));
///     (0..100).map(|parent| spread.draw(&mut session.stream(0, parent)).unwrap()).collect()
/// }
///
/// assert!(children(3).iter().all(|n| *n == 3));
/// assert!(children(0..=5).iter().all(|n| *n <= 5));
///
/// let orders: u64 = children(Spread::poisson(2.5)).iter().sum();
/// assert!((200..300).contains(&orders));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Spread(Result<Law, String>);

impl Spread {
    /// Around `mean`, as when each child picks its parent by chance: some have none, few have more than twice as many.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::Session;
    /// use manufactory::seed::Spread;
    ///
    /// let (spread, session) = (Spread::poisson(4.0), Session::seeded(42));
    /// assert!(spread.draw(&mut session.stream(0, 0)).unwrap() < 20);
    /// ```
    pub fn poisson(mean: f64) -> Self {
        Self(checked(mean).map(|mean| Law::Poisson(Poisson::new(mean))))
    }

    /// Around `mean`, with none the likeliest and each further child as likely as the one before: some have many.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::Session;
    /// use manufactory::seed::Spread;
    ///
    /// let (spread, session) = (Spread::geometric(2.0), Session::seeded(42));
    /// let without = (0..300).filter(|parent| spread.draw(&mut session.stream(0, *parent)).unwrap() == 0);
    /// assert!((70..130).contains(&without.count()));
    /// ```
    pub fn geometric(mean: f64) -> Self {
        Self(checked(mean).map(|mean| match mean {
            0.0 => Law::Exactly(0),
            _ => Law::Geometric { step: -libm::log1p(1.0 / mean) },
        }))
    }

    /// In a range, the least being the likeliest: the `k`-th number of the range in proportion to `1 / k^s`. Most have
    /// few, and a few have most.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::Session;
    /// use manufactory::seed::Spread;
    ///
    /// let (spread, session) = (Spread::zipf(1..=1_000, 1.5), Session::seeded(42));
    /// let children: Vec<u64> = (0..300).map(|parent| spread.draw(&mut session.stream(0, parent)).unwrap()).collect();
    /// assert!(children.iter().filter(|n| **n == 1).count() > 80);
    /// assert!(children.iter().any(|n| *n > 100));
    /// ```
    pub fn zipf(range: RangeInclusive<u64>, s: f64) -> Self {
        let (low, high) = (*range.start(), *range.end());
        let n = high.checked_sub(low).ok_or_else(|| empty(&range));
        // The whole of 64 bits is one number more than a `u64` counts: the last one goes.
        let zipf = n.and_then(|above| Zipf::new(above.saturating_add(1), s).map_err(|why| why.to_string()));
        Self(zipf.map(|zipf| Law::Zipf { low, zipf }))
    }

    /// How many children one parent gets.
    ///
    /// # Errors
    ///
    /// A number of this spread makes no sense.
    ///
    /// # Examples
    ///
    /// ```
    /// use manufactory::Session;
    /// use manufactory::seed::Spread;
    ///
    /// let mut stream = Session::seeded(42).stream(0, 0);
    /// assert!(Spread::from(1..=3).draw(&mut stream).unwrap() <= 3);
    /// assert_eq!(
    ///     Spread::from(-3).draw(&mut stream).unwrap_err().to_string(),
    ///     "`-3` is no number of children; pass one from 0 on",
    /// );
    /// ```
    pub fn draw(&self, stream: &mut Stream) -> Result<u64, BoxError> {
        Ok(self.law()?.draw(stream))
    }

    /// The law, where the numbers make sense.
    pub(super) fn law(&self) -> Result<&Law, BoxError> {
        self.0.as_ref().map_err(|why| why.as_str().into())
    }

    fn exactly(n: i128) -> Self {
        Self(u64::try_from(n).map(Law::Exactly).map_err(|_| negative(&n)))
    }

    fn between(low: i128, high: i128, range: &dyn std::fmt::Debug) -> Self {
        if high < low {
            return Self(Err(empty(range)));
        }
        let law = u64::try_from(low).and_then(|low| Ok(Law::Between { low, above: u64::try_from(high)? - low }));
        Self(law.map_err(|_| negative(range)))
    }
}

/// What a spread comes down to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Law {
    Exactly(u64),
    Between {
        low: u64,
        above: u64,
    },
    Poisson(Poisson),
    /// Devroye: *Non-Uniform Random Variate Generation* (1986), chapter X.2.
    Geometric {
        /// The logarithm of the probability that one more follows.
        step: f64,
    },
    Zipf {
        low: u64,
        zipf: Zipf,
    },
}

impl Law {
    pub(super) fn draw(&self, stream: &mut Stream) -> u64 {
        match self {
            Self::Exactly(n) => *n,
            Self::Between { low, above } => low + up_to(stream.next_u64(), *above),
            Self::Poisson(poisson) => poisson.draw(stream),
            Self::Geometric { step } => whole(libm::log(1.0 - unit(stream)) / step),
            Self::Zipf { low, zipf } => low + zipf.draw(stream),
        }
    }
}

// Literals without a suffix are `i32` where several types would do.
macro_rules! numbers {
    ($($number:ty),*) => {$(
        impl From<$number> for Spread {
            fn from(n: $number) -> Self {
                Self::exactly(wide(n))
            }
        }

        impl From<RangeInclusive<$number>> for Spread {
            fn from(range: RangeInclusive<$number>) -> Self {
                Self::between(wide(*range.start()), wide(*range.end()), &range)
            }
        }

        impl From<Range<$number>> for Spread {
            fn from(range: Range<$number>) -> Self {
                Self::between(wide(range.start), wide(range.end) - 1, &range)
            }
        }
    )*};
}
numbers! { i32, i64, u32, u64, usize }

fn wide(n: impl TryInto<i128>) -> i128 {
    n.try_into().unwrap_or(i128::MAX)
}

fn checked(mean: f64) -> Result<f64, String> {
    if (0.0..=LARGEST_MEAN).contains(&mean) {
        return Ok(mean);
    }
    Err(format!("`{mean}` is no mean number of children; pass one from 0 to {LARGEST_MEAN}"))
}

fn negative(number: &dyn std::fmt::Debug) -> String {
    format!("`{number:?}` is no number of children; pass one from 0 on")
}

fn empty(range: &dyn std::fmt::Debug) -> String {
    format!("`{range:?}` holds no number of children; its start has to be below its end")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draws(spread: impl Into<Spread>) -> impl Iterator<Item = u64> {
        let spread = spread.into();
        (0..).map(move |row| spread.draw(&mut Stream::keyed(42, 7, row)).unwrap())
    }

    #[test]
    fn literals_need_no_type() {
        assert!(draws(3).take(9).all(|n| n == 3));
        let mut drawn: Vec<u64> = draws(2..5).take(99).chain(draws(2..=4).take(99)).collect();
        drawn.sort_unstable();
        drawn.dedup();
        assert_eq!(drawn, [2, 3, 4]);
        assert_eq!(Spread::from(7_usize..=9), Spread::from(7_u64..10));
    }

    #[test]
    fn means() {
        let spreads = [Spread::from(1..=4), Spread::poisson(2.5), Spread::geometric(2.5)];
        for (spread, variance) in spreads.into_iter().zip([1.25, 2.5, 8.75]) {
            let off: Vec<f64> =
                draws(spread.clone()).take(40_000).map(|n| super::super::chance::real(n) - 2.5).collect();
            let average = off.iter().sum::<f64>() / 40_000.0;
            let found = off.iter().map(|off| off * off).sum::<f64>() / 40_000.0;
            assert!(average.abs() < 0.04, "{spread:?}: {average}");
            assert!((found / variance - 1.0).abs() < 0.06, "{spread:?}: {found}");
        }
        assert_eq!(draws(Spread::zipf(3..=9, 1.0)).take(999).fold((9, 0), |(a, b), n| (n.min(a), n.max(b))), (3, 9));
    }

    #[test]
    fn golden_numbers() {
        let first = |spread: Spread| draws(spread).take(6).collect::<Vec<_>>();
        assert_eq!(first((0..=9).into()), [1, 8, 5, 7, 6, 9]);
        assert_eq!(first(Spread::geometric(3.0)), [0, 5, 2, 5, 3, 12]);
        assert_eq!(first(Spread::zipf(1..=100, 1.0)), [56, 2, 6, 2, 4, 1]);
    }

    #[test]
    fn extremes() {
        assert!(draws(0..=u64::MAX).take(99).any(|n| n > u64::MAX / 2));
        assert_eq!(draws(u64::MAX..=u64::MAX).next(), Some(u64::MAX));
        assert!(draws(Spread::zipf(0..=u64::MAX, 0.0)).take(99).any(|n| n > u64::MAX / 2));
        assert!(draws(Spread::geometric(1e9)).take(999).all(|n| n < 40_000_000_000));
        assert!(draws(Spread::geometric(f64::MIN_POSITIVE)).take(999).all(|n| n == 0));
        assert!(draws(Spread::poisson(0.0)).chain(draws(Spread::geometric(0.0))).take(999).all(|n| n == 0));
    }

    #[test]
    fn mistakes() {
        let said = |spread: Spread| spread.law().unwrap_err().to_string();
        assert!(said((-1).into()).starts_with("`-1` is no number of children; "));
        assert!(said((-1..=3).into()).starts_with("`-1..=3` is no number of children; "));
        assert!(said((3..3).into()).starts_with("`3..3` holds no number of children; "));
        assert!(said((i32::MIN..i32::MIN).into()).starts_with("`-2147483648..-2147483648` holds no number"));
        #[expect(clippy::reversed_empty_ranges, reason = "a mistake to be found")]
        let reversed = [Spread::from(5..=3), Spread::zipf(5..=3, 1.0)];
        for spread in reversed {
            assert!(said(spread).starts_with("`5..=3` holds no number of children; "));
        }
        assert!(said(Spread::poisson(-0.1)).starts_with("`-0.1` is no mean number of children; "));
        assert!(said(Spread::geometric(f64::NAN)).starts_with("`NaN` is no mean number of children; "));
        assert!(said(Spread::poisson(2e9)).ends_with("pass one from 0 to 1000000000"));
        assert!(said(Spread::zipf(0..=1, -1.0)).starts_with("`-1` is no exponent"));
    }
}
