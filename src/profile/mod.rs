//! What factories cost in a database: rows, statements and time, for rows that were asked for and for those made on the way.
//!
//! Nothing is counted unless the environment says so:
//!
//! - `FACTORY_PROFILE=1`: for [`table`], which a [`lint`](crate::lint()) run also prints on standard error at its end.
//! - `FACTORY_PROFILE=some/file.jsonl`: the same, and every call appends lines to that file. Several processes may write
//!   to the same one. A relative path is relative to the directory that a process was started in: under `cargo test` that
//!   of its package.
//!
//! A call writes one line for each factory that it has used, and one more for a factory that was asked for and made on the
//! way as well:
//!
//! ```json
//! {"process":4711,"test":"posts::publish","call":0,"factory":"UserFactory","asked":false,"rows":2,"statements":3,"micros":180}
//! ```
//!
//! | field | meaning |
//! |---|---|
//! | `process`, `call` | the process, and the number of the call in it, from 0 |
//! | `test` | the test that has made the call, as well as it is known: the thread's name, or under nextest the test's |
//! | `factory` | the factory |
//! | `asked` | whether its rows were asked for; `false`: made on the way, as parents, as children, or by a hook |
//! | `rows` | how many rows were written, also those that were taken back later |
//! | `statements` | what was sent for them: inserts, looks into the table, reads, but no savepoints; of a [`Store`] its `insert` and `find` |
//! | `micros` | the time that took, in microseconds, and the time of the `after_create` hooks; that of other factories is theirs |
//!
//! The transaction around the call is nobody's. What is built in memory costs no statement, and is not counted.
//!
//! [`Store`]: crate::Store

mod lines;
mod tally;
mod totals;

pub(crate) use tally::{Cost, Statements, Tally};

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering::Relaxed};

/// What was counted so far in this process, as a table: the factory that took most time comes first. Empty where nothing
/// was counted.
///
/// ```
/// // With `FACTORY_PROFILE=1`, after some calls of `create`:
/// //
/// //              asked for                       made on the way
/// // factory           rows  statements        ms       rows  statements        ms
/// // PostFactory        100           3       1.2          0           0       0.0
/// // UserFactory          0           0       0.0        100           3       0.9
/// print!("{}", manufactory::profile::table());
/// ```
pub fn table() -> String {
    totals::text()
}

/// Forgets what was counted. Lines in a file stay.
///
/// ```
/// use manufactory::profile;
///
/// profile::reset();
/// // .. calls of `create`
/// print!("{}", profile::table()); // what these calls have cost
/// ```
pub fn reset() {
    totals::reset();
}

/// What the environment says.
enum Setting {
    Off,
    Table,
    Lines(PathBuf),
}

impl Setting {
    fn read(text: Option<OsString>) -> Self {
        match text {
            Some(text) if text == "1" => Self::Table,
            Some(text) if !text.is_empty() && text != "0" => Self::Lines(text.into()),
            _ => Self::Off,
        }
    }
}

fn setting() -> &'static Setting {
    static SETTING: OnceLock<Setting> = OnceLock::new();
    SETTING.get_or_init(|| Setting::read(env::var_os("FACTORY_PROFILE")))
}

const UNKNOWN: u8 = 0;
const OFF: u8 = 1;
const ON: u8 = 2;

/// Whether anything is counted. Asked by every call: so no more than a load.
#[inline]
pub(crate) fn is_on() -> bool {
    static STATE: AtomicU8 = AtomicU8::new(UNKNOWN);
    match STATE.load(Relaxed) {
        UNKNOWN => {
            let is_on = !matches!(setting(), Setting::Off);
            STATE.store(if is_on { ON } else { OFF }, Relaxed);
            is_on
        }
        state => state == ON,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_environment_is_read() {
        let read = |text: &str| Setting::read(Some(text.into()));
        assert!(matches!(Setting::read(None), Setting::Off));
        assert!(matches!(read(""), Setting::Off));
        assert!(matches!(read("0"), Setting::Off));
        assert!(matches!(read("1"), Setting::Table));
        assert!(matches!(read("a/b.jsonl"), Setting::Lines(path) if path.ends_with("a/b.jsonl")));
    }
}
