//! What sessions promise, under threads and on top of each other.

use std::collections::HashSet;
use std::thread;
use std::time::SystemTime;

use rand::Rng;

use super::*;

const THREADS: u64 = 8;
const TAKES: u64 = 10_000;

/// Takes rows on many threads at once, some of them several at a time.
fn take_on_threads(session: Option<&Session>, counter: &Counter) -> Vec<Turn> {
    thread::scope(|scope| {
        let take = || {
            let _guard = session.map(Session::enter);
            (0..TAKES).map(|take| Session::current().take(counter, 1 + take % 3)).collect::<Vec<Turn>>()
        };
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(take)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

fn distinct(numbers: impl Iterator<Item = u64>) -> usize {
    numbers.collect::<HashSet<_>>().len()
}

#[test]
fn implicit_numbers_are_unique_in_the_process() {
    static COUNTER: Counter = Counter::new();
    let turns = take_on_threads(None, &COUNTER);
    assert_eq!(distinct(turns.iter().map(|turn| turn.n)), turns.len());
    assert_eq!(turns.len() as u64, THREADS * TAKES);
}

#[test]
fn an_explicit_session_on_many_threads_counts_once() {
    static COUNTER: Counter = Counter::new();
    let session = Session::seeded(42);
    let mut turns = take_on_threads(Some(&session), &COUNTER);
    turns.sort_by_key(|turn| turn.n);
    assert_eq!(distinct(turns.iter().map(|turn| turn.ordinal)), turns.len());
    assert_eq!(turns[0], Turn { n: 0, ordinal: 0 });
    let taken: u64 = (0..TAKES).map(|take| 1 + take % 3).sum::<u64>() * THREADS;
    assert_eq!(session.take(&COUNTER, 1), Turn { n: taken, ordinal: taken });
}

#[test]
fn counting_alone_and_with_others_loses_nothing() {
    static COUNTER: Counter = Counter::new();
    let _guard = Session::seeded(42).enter();
    let take = || here().take(&COUNTER, 1).ordinal;
    let mut ordinals = Vec::new();
    for _ in 0..300 {
        ordinals.push(take());
        let session = Session::current();
        let other = thread::spawn(move || {
            let _guard = session.enter();
            drop(session);
            (0..50).map(|_| here().take(&COUNTER, 1).ordinal).collect::<Vec<_>>()
        });
        ordinals.extend((0..50).map(|_| take()));
        ordinals.extend(other.join().unwrap());
        ordinals.push(take());
    }
    let last = ordinals.iter().max().copied().unwrap();
    assert_eq!(distinct(ordinals.iter().copied()), ordinals.len());
    assert_eq!(last + 1, ordinals.len() as u64);
}

#[test]
fn a_session_is_counted_alone_only_where_no_other_handle_is() {
    static COUNTER: Counter = Counter::new();
    let alone = |session: &Session| session.take_alone(&COUNTER, 1).map(|turn| turn.n);
    let session = Session::seeded(42);
    // The counter has no place before it is used for the first time.
    assert_eq!(alone(&session), None);
    assert_eq!(session.take(&COUNTER, 1).n, 0);
    assert_eq!(alone(&session), Some(1));
    let frozen = session.clone().at(SystemTime::UNIX_EPOCH);
    assert_eq!((alone(&session), alone(&frozen)), (None, None));
    drop(session);
    assert_eq!(alone(&frozen), Some(2));
    // A thread of that name would find it.
    assert_eq!(alone(&Session::implicit("alone")), None);
}

#[test]
fn a_session_that_is_left_while_rows_are_made_stays_theirs() {
    static COUNTER: Counter = Counter::new();
    let guard = Session::seeded(1).enter();
    let rows = here();
    drop(guard);
    let inner = Session::seeded(2).enter();
    assert_eq!((rows.take(&COUNTER, 1).n, rows.take(&COUNTER, 1).n), (0, 1));
    assert_eq!(here().take(&COUNTER, 1).n, 0);
    drop((inner, rows));
    assert_ne!(Session::current().shared.key, Session::seeded(1).shared.key);
}

#[test]
fn threads_of_one_name_share_the_implicit_session() {
    static COUNTER: Counter = Counter::new();
    let ordinal = || Session::current().take(&COUNTER, 1).ordinal;
    let on_thread = |name: &str| thread::Builder::new().name(name.to_owned()).spawn(ordinal).unwrap();
    // It lives as long as a thread holds it: here, the session of the test itself.
    let here = thread::current().name().unwrap().to_owned();
    assert_eq!(ordinal(), 0);
    assert_eq!(on_thread(&here).join().unwrap(), 1);
    assert_eq!(ordinal(), 2);
}

#[test]
fn the_innermost_entered_session_is_current() {
    let key = || Session::current().shared.key;
    let (one, two) = (Session::seeded(1), Session::seeded(2));
    let implicit = key();
    let outer = one.enter();
    let inner = two.enter();
    assert_eq!(key(), two.shared.key);
    drop(outer);
    assert_eq!(key(), two.shared.key);
    let again = one.enter();
    assert_eq!(key(), one.shared.key);
    drop(inner);
    assert_eq!(key(), one.shared.key);
    drop(again);
    assert_eq!(key(), implicit);
}

#[test]
fn entering_is_a_matter_of_one_thread() {
    let _guard = Session::seeded(1).enter();
    let elsewhere = thread::spawn(|| Session::current().shared.key).join().unwrap();
    assert_ne!(elsewhere, Session::current().shared.key);
}

#[test]
fn freezing_the_clock_keeps_the_counters() {
    static COUNTER: Counter = Counter::new();
    let session = Session::seeded(1);
    let frozen = session.clone().at(SystemTime::UNIX_EPOCH);
    assert_eq!(session.take(&COUNTER, 1).ordinal, 0);
    assert_eq!(frozen.take(&COUNTER, 1).ordinal, 1);
    assert_eq!(frozen.now(), Now::from(SystemTime::UNIX_EPOCH));
    assert!(session.now() > frozen.now());
}

#[test]
fn peeking_takes_nothing() {
    static COUNTER: Counter = Counter::new();
    for session in [Session::seeded(1), Session::implicit("peeking")] {
        session.take(&COUNTER, 3);
        let next = session.peek(&COUNTER);
        assert_eq!(next.ordinal, 3);
        assert_eq!(session.take(&COUNTER, 1), next);
    }
}

#[test]
fn numbers_do_not_run_over() {
    static COUNTER: Counter = Counter::new();
    let session = Session::current();
    session.take(&COUNTER, u64::MAX);
    session.take(&COUNTER, u64::MAX);
}

#[test]
fn the_name_of_the_test_decides_the_data() {
    let draw = |test| Session::implicit(test).stream(hash("UserFactory.email"), 0).next_u64();
    assert_eq!(draw("users::sign_up"), draw("users::sign_up"));
    assert_ne!(draw("users::sign_up"), draw("users::sign_in"));
}

#[test]
fn a_session_still_exists_while_its_thread_ends() {
    struct Late;
    impl Drop for Late {
        fn drop(&mut self) {
            let _guard = Session::current().enter();
        }
    }
    thread_local!(static LATE: Late = const { Late });
    // Destructors of thread locals run in no particular order: this is initialized first, to be
    // dropped last.
    thread::spawn(|| LATE.with(|_| drop(Session::current()))).join().unwrap();
}

#[test]
fn sessions_go_to_other_threads() {
    fn shared<T: Send + Sync + Clone + 'static>() {}
    shared::<Session>();
    shared::<Stream>();
}
