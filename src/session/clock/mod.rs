//! The time as a session sees it, and its way into the types of the date libraries. Knows nothing
//! of sessions.

/// The same for attributes that may be `None`: `now.into()` is then the instant, too.
macro_rules! optional {
    ($($instant:ty),+) => {
        $(
            impl From<Now> for Option<$instant> {
                fn from(now: Now) -> Self {
                    Some(now.into())
                }
            }
        )+
    };
}

#[cfg(feature = "chrono")]
mod chrono;
#[cfg(feature = "jiff")]
mod jiff;
#[cfg(feature = "time")]
mod time;

use std::ops::{Add, Sub};
use std::time::{Duration, SystemTime};

/// An instant of a session's clock.
///
/// It converts from and into [`SystemTime`], and with the features `chrono`, `time` and `jiff` from
/// and into the types of these libraries, also into an `Option` of them; as UTC, where they know time zones. Neither the
/// conversions nor the arithmetic can fail: what a type cannot hold becomes the nearest instant
/// that it can.
///
/// # Examples
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use manufactory::session::Now;
///
/// let now = Now::from(SystemTime::UNIX_EPOCH);
/// let before = now - Duration::from_secs(60);
/// assert_eq!(SystemTime::from(before) + Duration::from_secs(60), SystemTime::UNIX_EPOCH);
/// assert!(now < now + Duration::MAX);
/// assert_eq!(Option::<SystemTime>::from(now), Some(SystemTime::UNIX_EPOCH));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Now(SystemTime);

impl Now {
    /// The instant as the standard library has it.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::time::SystemTime;
    /// use manufactory::session::Now;
    ///
    /// let now = Now::from(SystemTime::UNIX_EPOCH);
    /// assert_eq!(now.system_time(), SystemTime::UNIX_EPOCH);
    /// ```
    pub fn system_time(self) -> SystemTime {
        self.0
    }

    pub(super) fn from_system_clock() -> Now {
        Now(SystemTime::now())
    }
}

impl From<SystemTime> for Now {
    fn from(instant: SystemTime) -> Now {
        Now(instant)
    }
}

impl From<Now> for SystemTime {
    fn from(now: Now) -> SystemTime {
        now.0
    }
}

optional!(SystemTime);

impl Add<Duration> for Now {
    type Output = Now;

    fn add(self, duration: Duration) -> Now {
        Now(farthest(self.0, duration, SystemTime::checked_add))
    }
}

impl Sub<Duration> for Now {
    type Output = Now;

    fn sub(self, duration: Duration) -> Now {
        Now(farthest(self.0, duration, SystemTime::checked_sub))
    }
}

/// As far as `duration` leads, or as far as a `SystemTime` goes.
fn farthest(
    from: SystemTime,
    duration: Duration,
    step: impl Fn(&SystemTime, Duration) -> Option<SystemTime>,
) -> SystemTime {
    if let Some(instant) = step(&from, duration) {
        return instant;
    }
    // How far that is depends on the platform, and no stable constant tells: feel for the end in
    // halved steps.
    let mut instant = from;
    let mut length = duration / 2;
    while !length.is_zero() {
        match step(&instant, length) {
            Some(further) => instant = further,
            None => length /= 2,
        }
    }
    instant
}

/// The way to and from the date libraries: a number that each of them has, and that cannot overflow
/// here.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "seed", feature = "time"))]
impl Now {
    const NANOS_PER_SECOND: i128 = 1_000_000_000;

    /// Nanoseconds since 1970, negative before.
    fn unix_nanos(self) -> i128 {
        match self.0.duration_since(SystemTime::UNIX_EPOCH) {
            Ok(after) => nanos(after),
            Err(before) => -nanos(before.duration()),
        }
    }

    /// Nanoseconds since 1970, negative before.
    #[cfg(feature = "seed")]
    pub(crate) fn nanos(self) -> i128 {
        self.unix_nanos()
    }

    /// The instant so many nanoseconds after 1970.
    #[cfg(feature = "seed")]
    pub(crate) fn from_nanos(nanos: i128) -> Now {
        Now::from_unix_nanos(nanos)
    }

    fn from_unix_nanos(nanos: i128) -> Now {
        let epoch = Now(SystemTime::UNIX_EPOCH);
        let distance = nanos.unsigned_abs();
        let per_second = Now::NANOS_PER_SECOND.unsigned_abs();
        let seconds = u64::try_from(distance / per_second).unwrap_or(u64::MAX);
        let subsecond = u32::try_from(distance % per_second).unwrap_or_default();
        let distance = Duration::new(seconds, subsecond);
        if nanos < 0 { epoch - distance } else { epoch + distance }
    }
}

#[cfg(any(feature = "chrono", feature = "jiff", feature = "seed", feature = "time"))]
fn nanos(duration: Duration) -> i128 {
    i128::try_from(duration.as_nanos()).unwrap_or(i128::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const EPOCH: Now = Now(SystemTime::UNIX_EPOCH);

    #[test]
    fn arithmetic_saturates() {
        let end = EPOCH + Duration::MAX;
        let start = EPOCH - Duration::MAX;
        assert!(start < EPOCH && EPOCH < end);
        assert_eq!(end + Duration::from_secs(1), end);
        assert_eq!(end.0.checked_add(Duration::from_secs(1)), None);
        assert_eq!(start - Duration::from_secs(1), start);
        assert_eq!(EPOCH + Duration::from_secs(5) - Duration::from_secs(5), EPOCH);
    }

    #[cfg(any(feature = "chrono", feature = "jiff", feature = "seed", feature = "time"))]
    #[test]
    fn nanoseconds_go_both_ways() {
        let offsets = [0, 1, -1, 999_999_999, -1_500_000_000, 1_700_000_000_123_456_700];
        // The clock of Windows counts in steps of 100 nanoseconds.
        for nanos in offsets.map(|offset| offset * 100) {
            assert_eq!(Now::from_unix_nanos(nanos).unix_nanos(), nanos);
        }
        assert_eq!(Now::from_unix_nanos(i128::MAX), EPOCH + Duration::MAX);
        assert_eq!(Now::from_unix_nanos(i128::MIN), EPOCH - Duration::MAX);
    }
}
