//! Dates and times: from the text that `chrono`, `time` and `jiff` write to microseconds, and to text that all engines
//! read. Knows no type and no format.
//!
//! What is finer than a microsecond is cut off, as databases do.

use jiff::civil;
use jiff::fmt::temporal::Pieces;
use jiff::{RoundMode, SignedDuration, Unit};
use std::fmt::{self, Display, Formatter};

const EPOCH: civil::DateTime = civil::date(1970, 1, 1).at(0, 0, 0, 0);

/// A day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::seed) struct Date(civil::Date);

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time(civil::Time);

/// A day and a time, of whatever clock it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::seed) struct DateTime(civil::DateTime);

impl Date {
    /// `2024-02-29`, of the years 0000 to 9999, which are what all engines read.
    pub(in crate::seed) fn read(text: &str) -> Option<Self> {
        // Of what has a time behind it, `jiff` would take the day.
        let date = (text.len() == "2024-02-29".len()).then(|| text.parse().ok()).flatten();
        date.filter(|date| in_range(*date)).map(Self)
    }

    /// Days since 1970-01-01.
    #[allow(dead_code, reason = "only Parquet counts them")]
    pub(super) fn days(self) -> i32 {
        i32::try_from(self.midnight().micros() / (24 * 3_600 * 1_000_000)).unwrap_or_default()
    }

    /// Its first moment.
    pub(in crate::seed) fn midnight(self) -> DateTime {
        DateTime(self.0.at(0, 0, 0, 0))
    }
}

fn in_range(date: civil::Date) -> bool {
    date.year() >= 0
}

impl Display for Date {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Time {
    /// `01:02:03.004`, or with a single digit for the hour.
    pub(super) fn read(text: &str) -> Option<Self> {
        let time = two_digits(text)?.parse::<civil::Time>().ok()?;
        time.round(jiff::civil::TimeRound::new().smallest(Unit::Microsecond).mode(RoundMode::Trunc)).ok().map(Self)
    }

    /// Microseconds since midnight.
    #[allow(dead_code, reason = "only Parquet counts them")]
    pub(super) fn micros(self) -> i64 {
        micros(self.0.duration_since(civil::Time::midnight()))
    }
}

impl Display for Time {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl DateTime {
    /// `2024-02-29T01:02:03`, or with a space in the middle.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (date, time) = text.split_once(['T', ' '])?;
        Some(Self(Date::read(date)?.0.to_datetime(Time::read(time)?.0)))
    }

    /// The same with an offset, `2024-02-29T01:02:03+01:00`, and maybe a time zone in brackets behind it: as UTC.
    pub(in crate::seed) fn read_instant(text: &str) -> Option<Self> {
        let (text, _zone) = text.split_once('[').unwrap_or((text, ""));
        let (_, time) = text.split_once(['T', ' '])?;
        let at = text.len() - time.len() + time.find(['Z', '+', '-'])?;
        let offset = &text[at..];
        if offset != "Z" && offset.as_bytes().get(3) != Some(&b':') {
            return None;
        }
        let civil = Self::read(text[..at].trim_end())?;
        // Nothing reads an offset alone.
        let whole = format!("{}{offset}", civil.text('T'));
        let ahead = Pieces::parse(&whole).ok()?.to_numeric_offset()?.seconds();
        let utc = civil.0.checked_sub(SignedDuration::from_secs(ahead.into())).ok()?;
        // It may have led out of the years.
        in_range(utc.date()).then_some(Self(utc))
    }

    /// Microseconds since 1970-01-01 00:00:00.
    pub(in crate::seed) fn micros(self) -> i64 {
        micros(self.0.duration_since(EPOCH))
    }

    /// As text, with this between date and time.
    pub(super) fn text(self, separator: char) -> String {
        format!("{}{separator}{}", self.0.date(), self.0.time())
    }
}

fn micros(since: SignedDuration) -> i64 {
    // Of four-digit years there are fewer.
    i64::try_from(since.as_micros()).unwrap_or_default()
}

/// A time of day whose hour has two digits. Hours, minutes and seconds are all there.
fn two_digits(text: &str) -> Option<String> {
    let (hour, _) = text.split_once(':').filter(|(_, rest)| rest.contains(':'))?;
    Some(if hour.len() == 1 { format!("0{text}") } else { text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_there_and_back() {
        for (text, days) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2024-03-01", 19_783),
            ("0000-01-01", -719_528),
        ] {
            let date = Date::read(text).unwrap();
            assert_eq!((date.days(), date.to_string().as_str()), (days, text));
        }
        for wrong in ["+10000-01-01", "-0001-01-01", "2024-13-01", "2024-1-01", "2023-02-29", "today"] {
            assert_eq!(Date::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_of_day() {
        let read = |text| Time::read(text).map(|time| time.to_string());
        assert_eq!(read("01:02:03"), Some("01:02:03".to_owned()));
        assert_eq!(read("0:00:00.0"), Some("00:00:00".to_owned()));
        assert_eq!(read("01:02:03.004"), Some("01:02:03.004".to_owned()));
        assert_eq!(read("01:02:03.000004999"), Some("01:02:03.000004".to_owned()));
        assert_eq!(read("23:59:60.5"), Some("23:59:59.5".to_owned()));
        assert_eq!(read("24:00:00"), None);
        assert_eq!(read("01:02"), None);
    }

    #[test]
    fn moments_with_and_without_an_offset() {
        let civil = |text| DateTime::read(text).map(|moment| moment.text(' '));
        assert_eq!(civil("2024-02-29T01:02:03.004"), Some("2024-02-29 01:02:03.004".to_owned()));
        assert_eq!(civil("2024-02-29 1:02:03.0"), Some("2024-02-29 01:02:03".to_owned()));
        assert_eq!(civil("2024-02-29"), None);
        let instant = |text| DateTime::read_instant(text).map(|moment| moment.text('T'));
        for text in [
            "2024-02-29T23:30:00Z",
            "2024-03-01T00:30:00+01:00",
            "2024-03-01 0:30:00.0 +01:00:00",
            "2024-02-29T22:30:00-01:00[Atlantic/Azores]",
        ] {
            assert_eq!(instant(text), Some("2024-02-29T23:30:00".to_owned()), "{text}");
        }
        let before = DateTime::read_instant("1969-12-31T23:59:59.999999Z").unwrap();
        assert_eq!((before.micros(), before.text('T')), (-1, "1969-12-31T23:59:59.999999".to_owned()));
        assert_eq!(instant("0000-01-01T00:00:00+01:00"), None);
        assert_eq!(instant("9999-12-31T23:59:59-01:00"), None);
        assert_eq!(instant("2024-02-29T23:30:00"), None);
    }
}
