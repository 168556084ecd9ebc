//! Dates and times: from the text that `chrono`, `time` and `jiff` write to microseconds, and to text that all engines
//! read. Knows no type and no format.
//!
//! What is finer than a microsecond is cut off, as databases do.

use std::fmt::{self, Display, Formatter};

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// Days since 1970-01-01.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Date(pub(super) i32);

/// Microseconds since midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Time(pub(super) i64);

/// Microseconds since 1970-01-01 00:00:00, of whatever clock it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct DateTime(pub(super) i64);

impl Date {
    /// `2024-02-29`, of the years 0000 to 9999, which are what all engines read.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (year, month_day) = text.split_once('-')?;
        let (month, day) = month_day.split_once('-')?;
        let (year, month, day) = (number(year, 4..=4)?, number(month, 2..=2)?, number(day, 2..=2)?);
        let valid = (1..=12).contains(&month) && (1..=31).contains(&day);
        valid.then(|| Self::of(year, month, day))
    }

    /// The way is Howard Hinnant's: years begin in March, and 400 of them have the same number of days.
    fn of(year: i64, month: i64, day: i64) -> Self {
        let year = if month <= 2 { year - 1 } else { year };
        let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
        let day = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let days = era * 146_097 + year * 365 + year / 4 - year / 100 + day - 719_468;
        Self(i32::try_from(days).expect("years have four digits"))
    }

    fn year_month_day(self) -> (i64, i64, i64) {
        let days = i64::from(self.0) + 719_468;
        let (era, days) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (days - days / 1_460 + days / 36_524 - days / 146_096) / 365;
        let days = days - (365 * year + year / 4 - year / 100);
        let month = (5 * days + 2) / 153;
        let (day, month) = (days - (153 * month + 2) / 5 + 1, if month < 10 { month + 3 } else { month - 9 });
        (year + era * 400 + i64::from(month <= 2), month, day)
    }
}

impl Display for Date {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.year_month_day();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

impl Time {
    /// `01:02:03.004`, or with a single digit for the hour. A leap second at the end of the day is not part of it.
    pub(super) fn read(text: &str) -> Option<Self> {
        micros(text).map(|micros| Self(micros.min(DAY - 1)))
    }
}

impl Display for Time {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (seconds, micros) = (self.0 / SECOND, self.0 % SECOND);
        write!(f, "{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60)?;
        match micros {
            0 => Ok(()),
            _ if micros % 1_000 == 0 => write!(f, ".{:03}", micros / 1_000),
            _ => write!(f, ".{micros:06}"),
        }
    }
}

impl DateTime {
    /// `2024-02-29T01:02:03`, or with a space in the middle.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (date, time) = text.split_once(['T', ' '])?;
        Some(Self(i64::from(Date::read(date)?.0) * DAY + micros(time)?))
    }

    /// The same with an offset, `2024-02-29T01:02:03+01:00`, and maybe a time zone in brackets behind it: as UTC.
    pub(super) fn read_instant(text: &str) -> Option<Self> {
        let (text, _zone) = text.split_once('[').unwrap_or((text, ""));
        let (_, time) = text.split_once(['T', ' '])?;
        let at = text.len() - time.len() + time.find(['Z', '+', '-'])?;
        let civil = Self::read(text[..at].trim_end())?;
        let utc = Self(civil.0 - offset(&text[at..])? * SECOND);
        // The offset may have led out of the years.
        Date::read(&utc.date().to_string()).map(|_| utc)
    }

    /// As text, with this between date and time.
    pub(super) fn text(self, separator: char) -> String {
        format!("{}{separator}{}", self.date(), Time(self.0.rem_euclid(DAY)))
    }

    fn date(self) -> Date {
        Date(i32::try_from(self.0.div_euclid(DAY)).expect("years have four digits"))
    }
}

/// Microseconds since midnight, more than a day's in a leap second.
fn micros(text: &str) -> Option<i64> {
    let (hour, rest) = text.split_once(':')?;
    let (minute, second) = rest.split_once(':')?;
    let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
    let (hour, minute, second) = (number(hour, 1..=2)?, number(minute, 2..=2)?, number(second, 2..=2)?);
    number(fraction, 1..=9)?;
    let fraction = fraction.bytes().chain([b'0'; 6]).take(6).fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let valid = hour <= 23 && minute <= 59 && second <= 60;
    valid.then_some(((hour * 60 + minute) * 60 + second) * SECOND + fraction)
}

/// Seconds: of `Z`, `+01:00`, `-01:00:30`.
fn offset(text: &str) -> Option<i64> {
    let sign = match text.as_bytes() {
        b"Z" => return Some(0),
        [b'+', ..] => 1,
        [b'-', ..] => -1,
        _ => return None,
    };
    let mut seconds = 0;
    for (part, unit) in text[1..].split(':').zip([3_600, 60, 1]) {
        seconds += number(part, 2..=2)? * unit;
    }
    Some(sign * seconds)
}

/// A number of so many digits, and of nothing else.
fn number(text: &str, digits: std::ops::RangeInclusive<usize>) -> Option<i64> {
    let plain = digits.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if plain { text.parse().ok() } else { None }
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
            assert_eq!(Date::read(text), Some(Date(days)), "{text}");
            assert_eq!(Date(days).to_string(), text);
        }
        for days in (-719_528..=2_932_896).step_by(13) {
            assert_eq!(Date::read(&Date(days).to_string()), Some(Date(days)));
        }
        for wrong in ["+10000-01-01", "-0001-01-01", "2024-13-01", "2024-1-01", "today"] {
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
        assert_eq!(read("23:59:60.5"), Some("23:59:59.999999".to_owned()));
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
        assert_eq!(DateTime::read_instant("1969-12-31T23:59:59.999999Z"), Some(DateTime(-1)));
        assert_eq!(DateTime(-1).text('T'), "1969-12-31T23:59:59.999999");
        assert_eq!(instant("0000-01-01T00:00:00+01:00"), None);
        assert_eq!(instant("9999-12-31T23:59:59-01:00"), None);
        assert_eq!(instant("2024-02-29T23:30:00"), None);
    }
}
