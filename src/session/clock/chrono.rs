//! The clock in `chrono`'s types. Knows no other date library.

use std::ops::{Add, Sub};

use ::chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone, Utc};

use super::Now;

impl<Tz: TimeZone> From<DateTime<Tz>> for Now {
    fn from(instant: DateTime<Tz>) -> Now {
        let seconds = i128::from(instant.timestamp()) * Now::NANOS_PER_SECOND;
        Now::from_unix_nanos(seconds + i128::from(instant.timestamp_subsec_nanos()))
    }
}

impl From<Now> for DateTime<Utc> {
    fn from(now: Now) -> DateTime<Utc> {
        let nanos = now.unix_nanos();
        let seconds = i64::try_from(nanos.div_euclid(Now::NANOS_PER_SECOND)).ok();
        let subsecond = u32::try_from(nanos.rem_euclid(Now::NANOS_PER_SECOND)).ok();
        let instant = seconds.zip(subsecond).and_then(|(s, n)| DateTime::from_timestamp(s, n));
        instant.unwrap_or(end(nanos < 0))
    }
}

impl From<Now> for DateTime<FixedOffset> {
    fn from(now: Now) -> DateTime<FixedOffset> {
        DateTime::<Utc>::from(now).fixed_offset()
    }
}

impl From<Now> for NaiveDateTime {
    fn from(now: Now) -> NaiveDateTime {
        DateTime::<Utc>::from(now).naive_utc()
    }
}

impl From<Now> for NaiveDate {
    fn from(now: Now) -> NaiveDate {
        DateTime::<Utc>::from(now).date_naive()
    }
}

impl From<Now> for NaiveTime {
    fn from(now: Now) -> NaiveTime {
        DateTime::<Utc>::from(now).time()
    }
}

optional!(DateTime<Utc>, DateTime<FixedOffset>, NaiveDateTime, NaiveDate, NaiveTime);

impl Add<TimeDelta> for Now {
    type Output = DateTime<Utc>;

    fn add(self, delta: TimeDelta) -> DateTime<Utc> {
        let instant = DateTime::<Utc>::from(self).checked_add_signed(delta);
        instant.unwrap_or(end(delta < TimeDelta::zero()))
    }
}

impl Sub<TimeDelta> for Now {
    type Output = DateTime<Utc>;

    fn sub(self, delta: TimeDelta) -> DateTime<Utc> {
        let instant = DateTime::<Utc>::from(self).checked_sub_signed(delta);
        instant.unwrap_or(end(delta > TimeDelta::zero()))
    }
}

fn end(past: bool) -> DateTime<Utc> {
    if past { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::*;

    #[test]
    fn instants_go_both_ways() {
        for text in ["1969-12-31T23:59:59.999999Z", "1582-10-15T00:00:00Z", "2024-02-29T12:30:00.5Z"] {
            let instant: DateTime<Utc> = text.parse().unwrap();
            let now = Now::from(instant);
            assert_eq!(DateTime::<Utc>::from(now), instant);
            assert_eq!(NaiveDateTime::from(now), instant.naive_utc());
            assert_eq!(NaiveDate::from(now), instant.date_naive());
            assert_eq!(NaiveTime::from(now), instant.time());
            assert_eq!(DateTime::<FixedOffset>::from(now), instant);
            assert_eq!(Option::<NaiveDate>::from(now), Some(instant.date_naive()));
            assert_eq!(now - TimeDelta::days(3) + TimeDelta::days(3), instant);
        }
    }

    #[test]
    fn out_of_range_is_the_nearest() {
        let epoch = Now::from(SystemTime::UNIX_EPOCH);
        assert_eq!(DateTime::<Utc>::from(epoch - Duration::MAX), DateTime::<Utc>::MIN_UTC);
        assert_eq!(DateTime::<Utc>::from(epoch + Duration::MAX), DateTime::<Utc>::MAX_UTC);
        assert_eq!(epoch + TimeDelta::MAX, DateTime::<Utc>::MAX_UTC);
        assert_eq!(epoch - TimeDelta::MAX, DateTime::<Utc>::MIN_UTC);
        assert_eq!(epoch + TimeDelta::MIN, DateTime::<Utc>::MIN_UTC);
        let _never_panics = [Now::from(DateTime::<Utc>::MIN_UTC), Now::from(DateTime::<Utc>::MAX_UTC)];
    }
}
