//! An instant as text, by RFC 3339.

use crate::session::Now;

const WANTED: &str =
    "write it as `2026-01-01T00:00:00Z`, with an offset such as `+02:00` in place of `Z`, or as a date alone";

/// Reads a date, `T` or a space, a time with up to 9 decimals, and `Z` or an offset; or a date alone, for its midnight in
/// UTC.
pub(super) fn parse(text: &str) -> Result<Now, String> {
    read(text.trim()).ok_or_else(|| WANTED.to_owned())
}

fn read(text: &str) -> Option<Now> {
    let (date, rest) = (text.get(..10)?, text.get(10..)?);
    let (year, month, day) = (digits(date, 0, 4)?, digits(date, 5, 2)?, digits(date, 8, 2)?);
    if date.get(4..5)? != "-" || date.get(7..8)? != "-" || !(1..=12).contains(&month) {
        return None;
    }
    if day == 0 || day > days_in(year, month) {
        return None;
    }
    let seconds = days_before(year, month, day) * 86_400;
    let (time, nanos) = if rest.is_empty() { (0, 0) } else { time(rest)? };
    Some(Now::from_nanos(i128::from(seconds + time) * 1_000_000_000 + i128::from(nanos)))
}

/// Seconds since the day's midnight in UTC, and nanoseconds.
fn time(text: &str) -> Option<(i64, i64)> {
    let text = text.strip_prefix(['T', 't', ' '])?;
    let clock = text.get(..8)?;
    let (hours, minutes, seconds) = (digits(clock, 0, 2)?, digits(clock, 3, 2)?, digits(clock, 6, 2)?);
    if clock.get(2..3)? != ":" || clock.get(5..6)? != ":" || hours > 23 || minutes > 59 || seconds > 59 {
        return None;
    }
    let rest = text.get(8..)?;
    let (nanos, zone) = match rest.strip_prefix('.') {
        None => (0, rest),
        Some(rest) => {
            let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let (decimals, zone) = rest.split_at(end);
            if decimals.is_empty() || decimals.len() > 9 {
                return None;
            }
            (format!("{decimals:0<9}").parse().ok()?, zone)
        }
    };
    Some((hours * 3_600 + minutes * 60 + seconds - offset(zone)?, nanos))
}

/// How many seconds a zone is ahead of UTC.
fn offset(zone: &str) -> Option<i64> {
    if zone == "Z" || zone == "z" {
        return Some(0);
    }
    let (sign, ahead) = match zone.strip_prefix('+') {
        Some(ahead) => (1, ahead),
        None => (-1, zone.strip_prefix('-')?),
    };
    let (hours, minutes) = (digits(ahead, 0, 2)?, digits(ahead, 3, 2)?);
    let is_one = ahead.len() == 5 && ahead.get(2..3)? == ":" && hours < 24 && minutes < 60;
    is_one.then_some(sign * (hours * 3_600 + minutes * 60))
}

fn digits(text: &str, from: usize, len: usize) -> Option<i64> {
    let digits = text.get(from..from + len)?;
    if digits.bytes().all(|byte| byte.is_ascii_digit()) { digits.parse().ok() } else { None }
}

fn days_in(year: i64, month: i64) -> i64 {
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days since 1970-01-01. Years are counted from March on, so that the leap day is their last one.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (month, century) = ((month + 9) % 12, year.div_euclid(100));
    365 * year + year.div_euclid(4) - century + century.div_euclid(4) + (153 * month + 2) / 5 + day - 1 - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nanos(text: &str) -> Option<i128> {
        parse(text).ok().map(Now::nanos)
    }

    fn seconds(text: &str) -> Option<i128> {
        nanos(text).map(|nanos| nanos / 1_000_000_000)
    }

    #[test]
    fn dates_and_times_of_any_zone() {
        assert_eq!(seconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(seconds("2026-01-01T00:00:00Z"), Some(1_767_225_600));
        assert_eq!(seconds("2026-01-01"), Some(1_767_225_600));
        assert_eq!(seconds("2026-01-01 02:00:00+02:00"), Some(1_767_225_600));
        assert_eq!(seconds("2025-12-31t18:30:00-05:30"), Some(1_767_225_600));
        assert_eq!(seconds("2000-02-29T23:59:59z"), Some(951_868_799));
        assert_eq!(seconds("1969-12-31T23:59:59Z"), Some(-1));
        assert_eq!(seconds("0000-01-01T00:00:00Z"), Some(-62_167_219_200));
        assert_eq!(seconds("9999-12-31T23:59:59Z"), Some(253_402_300_799));
    }

    #[test]
    fn up_to_nine_decimals() {
        assert_eq!(nanos("1970-01-01T00:00:00.5Z"), Some(500_000_000));
        assert_eq!(nanos("1970-01-01T00:00:00.000000001Z"), Some(1));
        assert_eq!(nanos("1970-01-01T00:00:00.0000000001Z"), None);
        assert_eq!(nanos("1970-01-01T00:00:00.Z"), None);
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for wrong in [
            "",
            "now",
            "2026",
            "2026-13-01",
            "2026-02-29",
            "2026-00-10",
            "2026-01-00",
            "2026-01-01T00:00:00",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:00:60Z",
            "2026-01-01T00:00Z",
            "2026-01-01T00:00:00+2:00",
            "2026-01-01T00:00:00+0200",
            "2026-01-01T00:00:00Zx",
            "2026-1-1",
            "+026-01-01",
            "2026-01-01é",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
