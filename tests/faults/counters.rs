//! The counters under many threads: every number is given once, and none is left out.

use manufactory::Session;
use manufactory::session::{Counter, Turn};
use std::sync::Barrier;
use std::thread;

const THREADS: usize = 16;
const TAKES: u64 = 20_000;

/// Of several rows at a time, and of one.
const fn rows(take: u64) -> u64 {
    1 + take % 4
}

/// Takes rows on all threads at once, by turns from each of these counters and sessions.
fn taken(counters: &'static [Counter], sessions: &[Session]) -> Vec<(usize, usize, Turn, u64)> {
    let start = Barrier::new(THREADS);
    let take = |thread: usize| {
        start.wait();
        let turns = (0..TAKES).map(|take| {
            let place = usize::try_from(take).unwrap() + thread;
            let (counter, session) = (place % counters.len(), place / counters.len() % sessions.len());
            (counter, session, sessions[session].take(&counters[counter], rows(take)), rows(take))
        });
        turns.collect::<Vec<_>>()
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|thread| scope.spawn(move || take(thread))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    })
}

/// Ranges that follow each other without a gap, from 0 on.
fn are_dense(ranges: impl Iterator<Item = (u64, u64)>) -> bool {
    let mut ranges: Vec<_> = ranges.collect();
    ranges.sort_unstable();
    let mut next = 0;
    ranges.iter().all(|&(first, rows)| std::mem::replace(&mut next, first + rows) == first)
}

#[test]
fn every_number_of_a_session_is_given_once() {
    static COUNTERS: [Counter; 3] = [const { Counter::new() }; 3];
    let sessions: Vec<_> = (0..5).map(Session::seeded).collect();
    let turns = taken(&COUNTERS, &sessions);
    for counter in 0..COUNTERS.len() {
        for session in 0..sessions.len() {
            let of = || turns.iter().filter(move |turn| (turn.0, turn.1) == (counter, session));
            assert!(of().count() > 1_000);
            assert!(are_dense(of().map(|(_, _, turn, rows)| (turn.ordinal, *rows))), "ordinals");
            assert!(are_dense(of().map(|(_, _, turn, rows)| (turn.n, *rows))), "numbers");
        }
    }
}

#[test]
fn every_number_of_the_process_is_given_once() {
    static COUNTERS: [Counter; 2] = [const { Counter::new() }; 2];
    // Implicit sessions: each thread has its own, and they share the numbers.
    let turns: Vec<_> = thread::scope(|scope| {
        let take = |counter: usize| {
            let turns = (0..TAKES).map(|take| (Session::current().take(&COUNTERS[counter], rows(take)), rows(take)));
            (counter, turns.collect::<Vec<_>>())
        };
        let spawn = |i: usize| {
            let thread = thread::Builder::new().name(format!("test {i}"));
            thread.spawn_scoped(scope, move || take(i % COUNTERS.len())).unwrap()
        };
        let threads: Vec<_> = (0..THREADS).map(spawn).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for counter in 0..COUNTERS.len() {
        let of = turns.iter().filter(|(of, _)| *of == counter).flat_map(|(_, turns)| turns);
        // Under a runner with slots the numbers of a process begin elsewhere.
        let begin = of.clone().map(|(turn, _)| turn.n).min().unwrap();
        assert!(are_dense(of.map(|(turn, rows)| (turn.n - begin, *rows))), "numbers");
    }
    for (_, turns) in &turns {
        assert!(are_dense(turns.iter().map(|(turn, rows)| (turn.ordinal, *rows))), "ordinals");
    }
}
