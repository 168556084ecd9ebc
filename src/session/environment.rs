//! What the process is told from outside: the seed, and by the test runner the test's name and its
//! place among those that run at the same time. Knows nothing of sessions.

use std::borrow::Cow;
use std::env;
use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::sync::OnceLock;
use std::thread;

use super::stream::hash;

/// How many numbers each of nextest's slots has for itself.
const NUMBERS_PER_SLOT: u64 = 1_000_000;

/// The seed of implicit sessions.
pub(super) fn seed() -> u64 {
    static SEED: OnceLock<u64> = OnceLock::new();
    *SEED.get_or_init(|| {
        let text = env::var_os("FACTORY_SEED").unwrap_or_default();
        match Seed::read(&text.to_string_lossy()) {
            Seed::Given(seed) => seed,
            Seed::Random => announce(random()),
        }
    })
}

/// The name of the running test, as well as it is known.
pub(crate) fn test_name() -> Cow<'static, str> {
    match nextest_name() {
        Some(name) => Cow::Borrowed(name),
        None => Cow::Owned(thread::current().name().unwrap_or_default().to_owned()),
    }
}

/// The first number of every factory in this process. Nextest runs each test in a process of its
/// own, which would all start at 0 and collide in a database that they share.
#[inline]
pub(super) fn first_number() -> u64 {
    static FIRST: OnceLock<u64> = OnceLock::new();
    *FIRST.get_or_init(|| first_number_of(env::var("NEXTEST_TEST_GLOBAL_SLOT").ok().as_deref()))
}

#[derive(Debug, PartialEq, Eq)]
enum Seed {
    Given(u64),
    Random,
}

impl Seed {
    fn read(text: &str) -> Seed {
        match text.trim() {
            "" => Seed::Given(0),
            "random" => Seed::Random,
            text => Seed::Given(text.parse().unwrap_or_else(|_| hash(text))),
        }
    }
}

/// Only as long as it has to be, since somebody will copy it by hand.
fn random() -> u64 {
    RandomState::new().hash_one(std::process::id()) >> 32
}

fn announce(seed: u64) -> u64 {
    // Not `eprintln!`: its output is caught for the test that happens to run first, and shown only
    // if that one fails. If standard error is closed, there is nobody to tell.
    let _ = writeln!(std::io::stderr(), "FACTORY_SEED={seed}");
    seed
}

fn first_number_of(slot: Option<&str>) -> u64 {
    let slot: u64 = slot.and_then(|slot| slot.parse().ok()).unwrap_or(0);
    slot.saturating_mul(NUMBERS_PER_SLOT)
}

fn nextest_name() -> Option<&'static str> {
    static NAME: OnceLock<Option<String>> = OnceLock::new();
    let name = NAME.get_or_init(|| {
        env::var("NEXTEST_TEST_NAME").ok().or_else(|| {
            // Older versions tell the name only as an argument.
            env::var_os("NEXTEST")?;
            exact_argument(env::args_os().map(|argument| argument.to_string_lossy().into_owned()))
        })
    });
    name.as_deref()
}

fn exact_argument(arguments: impl IntoIterator<Item = String>) -> Option<String> {
    arguments.into_iter().skip_while(|argument| argument != "--exact").nth(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_a_seed() {
        assert_eq!(Seed::read(""), Seed::Given(0));
        assert_eq!(Seed::read(" 42\n"), Seed::Given(42));
        assert_eq!(Seed::read("18446744073709551615"), Seed::Given(u64::MAX));
        assert_eq!(Seed::read("random"), Seed::Random);
        assert_eq!(Seed::read("18446744073709551616"), Seed::Given(hash("18446744073709551616")));
        assert_eq!(Seed::read("tuesday"), Seed::Given(hash("tuesday")));
    }

    #[test]
    fn slots_start_a_million_apart() {
        assert_eq!(first_number_of(None), 0);
        assert_eq!(first_number_of(Some("0")), 0);
        assert_eq!(first_number_of(Some("7")), 7_000_000);
        assert_eq!(first_number_of(Some("none")), 0);
        assert_eq!(first_number_of(Some("18446744073709551615")), u64::MAX);
    }

    #[test]
    fn the_test_is_named() {
        assert!(test_name().ends_with("session::environment::tests::the_test_is_named"));
        let arguments = ["target/test", "--exact", "users::sign_up", "--nocapture"].map(String::from);
        assert_eq!(exact_argument(arguments).as_deref(), Some("users::sign_up"));
        assert_eq!(exact_argument(["target/test".to_owned()]), None);
    }
}
