//! The clock in `time`'s types. Knows no other date library.

use std::ops::{Add, Sub};

use ::time::{Date, Duration, OffsetDateTime, PrimitiveDateTime, Time};

use super::Now;

impl From<OffsetDateTime> for Now {
    fn from(instant: OffsetDateTime) -> Now {
        Now::from_unix_nanos(instant.unix_timestamp_nanos())
    }
}

impl From<Now> for OffsetDateTime {
    fn from(now: Now) -> OffsetDateTime {
        let nanos = now.unix_nanos();
        let end = if nanos < 0 { PrimitiveDateTime::MIN } else { PrimitiveDateTime::MAX };
        OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap_or(end.assume_utc())
    }
}

impl From<Now> for PrimitiveDateTime {
    fn from(now: Now) -> PrimitiveDateTime {
        let instant = OffsetDateTime::from(now);
        PrimitiveDateTime::new(instant.date(), instant.time())
    }
}

impl From<Now> for Date {
    fn from(now: Now) -> Date {
        OffsetDateTime::from(now).date()
    }
}

impl From<Now> for Time {
    fn from(now: Now) -> Time {
        OffsetDateTime::from(now).time()
    }
}

optional!(OffsetDateTime, PrimitiveDateTime, Date, Time);

impl Add<Duration> for Now {
    type Output = OffsetDateTime;

    fn add(self, duration: Duration) -> OffsetDateTime {
        OffsetDateTime::from(self).saturating_add(duration)
    }
}

impl Sub<Duration> for Now {
    type Output = OffsetDateTime;

    fn sub(self, duration: Duration) -> OffsetDateTime {
        OffsetDateTime::from(self).saturating_sub(duration)
    }
}

#[cfg(test)]
mod tests {
    use std::time::SystemTime;

    use super::*;

    #[test]
    fn instants_go_both_ways() {
        for nanos in [-1_000, -12_219_292_800_000_000_000, 1_709_209_800_500_000_000] {
            let instant = OffsetDateTime::from_unix_timestamp_nanos(nanos).unwrap();
            let now = Now::from(instant);
            assert_eq!(OffsetDateTime::from(now), instant);
            assert_eq!(PrimitiveDateTime::from(now).assume_utc(), instant);
            assert_eq!(Date::from(now), instant.date());
            assert_eq!(Time::from(now), instant.time());
            assert_eq!(now - Duration::days(3) + Duration::days(3), instant);
        }
    }

    #[test]
    fn out_of_range_is_the_nearest() {
        let epoch = Now::from(SystemTime::UNIX_EPOCH);
        let (min, max) = (PrimitiveDateTime::MIN.assume_utc(), PrimitiveDateTime::MAX.assume_utc());
        assert_eq!(OffsetDateTime::from(epoch - std::time::Duration::MAX), min);
        assert_eq!(OffsetDateTime::from(epoch + std::time::Duration::MAX), max);
        assert_eq!(epoch + Duration::MAX, max);
        assert_eq!(epoch - Duration::MAX, min);
        assert_eq!(epoch + Duration::MIN, min);
        assert_eq!(epoch - Duration::MIN, max);
        let _never_panics = [Now::from(min), Now::from(max)];
    }
}
