//! The clock in `jiff`'s types. Knows no other date library.

use std::ops::{Add, Sub};

use ::jiff::civil::{Date, DateTime, Time};
use ::jiff::tz::TimeZone;
use ::jiff::{SignedDuration, Span, Timestamp, Zoned};

use super::Now;

impl From<Timestamp> for Now {
    fn from(instant: Timestamp) -> Now {
        Now::from_unix_nanos(instant.as_nanosecond())
    }
}

impl From<Zoned> for Now {
    fn from(instant: Zoned) -> Now {
        Now::from(instant.timestamp())
    }
}

impl From<Now> for Timestamp {
    fn from(now: Now) -> Timestamp {
        let nanos = now.unix_nanos();
        let end = if nanos < 0 { Timestamp::MIN } else { Timestamp::MAX };
        Timestamp::from_nanosecond(nanos).unwrap_or(end)
    }
}

impl From<Now> for Zoned {
    fn from(now: Now) -> Zoned {
        Timestamp::from(now).to_zoned(TimeZone::UTC)
    }
}

impl From<Now> for DateTime {
    fn from(now: Now) -> DateTime {
        Zoned::from(now).datetime()
    }
}

impl From<Now> for Date {
    fn from(now: Now) -> Date {
        Zoned::from(now).date()
    }
}

impl From<Now> for Time {
    fn from(now: Now) -> Time {
        Zoned::from(now).time()
    }
}

optional!(Timestamp, Zoned, DateTime, Date, Time);

// By way of `Zoned`: a `Timestamp` refuses spans of days, months and years, which mean something in
// UTC.
impl Add<Span> for Now {
    type Output = Timestamp;

    fn add(self, span: Span) -> Timestamp {
        Zoned::from(self).saturating_add(span).timestamp()
    }
}

impl Sub<Span> for Now {
    type Output = Timestamp;

    fn sub(self, span: Span) -> Timestamp {
        Zoned::from(self).saturating_sub(span).timestamp()
    }
}

impl Add<SignedDuration> for Now {
    type Output = Timestamp;

    fn add(self, duration: SignedDuration) -> Timestamp {
        Zoned::from(self).saturating_add(duration).timestamp()
    }
}

impl Sub<SignedDuration> for Now {
    type Output = Timestamp;

    fn sub(self, duration: SignedDuration) -> Timestamp {
        Zoned::from(self).saturating_sub(duration).timestamp()
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use ::jiff::ToSpan;

    use super::*;

    #[test]
    fn instants_go_both_ways() {
        for text in ["1969-12-31T23:59:59.999999Z", "1582-10-15T00:00:00Z", "2024-02-29T12:30:00.5Z"] {
            let instant: Timestamp = text.parse().unwrap();
            let zoned = instant.to_zoned(TimeZone::UTC);
            let now = Now::from(instant);
            assert_eq!(Timestamp::from(now), instant);
            assert_eq!(Now::from(zoned.clone()), now);
            assert_eq!(DateTime::from(now), zoned.datetime());
            assert_eq!(Date::from(now), zoned.date());
            assert_eq!(Time::from(now), zoned.time());
            assert_eq!(Now::from(now - 1.month()), Now::from(&zoned - 1.month()));
            assert_eq!(now + SignedDuration::from_hours(1), instant + 1.hour());
        }
    }

    #[test]
    fn out_of_range_is_the_nearest() {
        let epoch = Now::from(SystemTime::UNIX_EPOCH);
        assert_eq!(Timestamp::from(epoch - Duration::MAX), Timestamp::MIN);
        assert_eq!(Timestamp::from(epoch + Duration::MAX), Timestamp::MAX);
        assert_eq!(epoch + 19_998.years(), Timestamp::MAX);
        assert_eq!(epoch - 19_998.years(), Timestamp::MIN);
        assert_eq!(epoch + SignedDuration::MAX, Timestamp::MAX);
        assert_eq!(epoch - SignedDuration::MAX, Timestamp::MIN);
        assert_eq!(epoch - SignedDuration::MIN, Timestamp::MAX);
        let _never_panics = [Now::from(Timestamp::MIN), Now::from(Timestamp::MAX)];
    }
}
