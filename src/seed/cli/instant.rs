//! An instant as text, by RFC 3339.

use crate::seed::files::{Date, DateTime};
use crate::session::Now;

const WANTED: &str =
    "write it as `2026-01-01T00:00:00Z`, with an offset such as `+02:00` in place of `Z`, or as a date alone";

/// Reads a date, `T` or a space, a time with up to 9 decimals, of which 6 count, and `Z` or an offset; or a date alone, for
/// its midnight in UTC.
pub(super) fn parse(text: &str) -> Result<Now, String> {
    let text = text.trim().to_ascii_uppercase();
    let moment = DateTime::read_instant(&text).or_else(|| Date::read(&text).map(Date::midnight));
    moment.map(|moment| Now::from_nanos(i128::from(moment.micros()) * 1_000)).ok_or_else(|| WANTED.to_owned())
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
        // A leap second, as RFC 3339 has it, is the one before.
        assert_eq!(seconds("2016-12-31T23:59:60Z"), Some(1_483_228_799));
    }

    #[test]
    fn up_to_nine_decimals() {
        assert_eq!(nanos("1970-01-01T00:00:00.5Z"), Some(500_000_000));
        assert_eq!(nanos("1970-01-01T00:00:00.000001999Z"), Some(1_000));
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
