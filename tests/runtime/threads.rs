//! Sessions and numbers with several threads.

use manufactory::{Factory, Session};
use std::collections::HashSet;
use std::thread;

#[derive(Factory)]
struct Row {
    #[factory(sequence)]
    n: u64,
    #[factory(choice([1, 2, 3, 4, 5, 6, 7, 8, 9]))]
    pick: u8,
}

#[test]
fn numbers_are_unique_in_the_process() {
    let threads: Vec<_> = (0..8).map(|_| thread::spawn(|| Row::factory().build_batch(500))).collect();
    let rows: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
    assert_eq!(rows.iter().map(|row| row.n).collect::<HashSet<_>>().len(), 4_000);
}

#[test]
fn a_session_can_be_entered_by_several_threads() {
    let session = Session::seeded(1);
    let threads: Vec<_> = (0..4)
        .map(|_| {
            let session = session.clone();
            thread::spawn(move || {
                let _guard = session.enter();
                Row::factory().build_batch(100)
            })
        })
        .collect();
    let mut rows: Vec<_> = threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect();
    rows.sort_by_key(|row| row.n);
    assert!(rows.iter().map(|row| row.n).eq(0..400));
    let _guard = Session::seeded(1).enter();
    let alone: Vec<_> = Row::factory().build_batch(400).iter().map(|row| row.pick).collect();
    assert_eq!(
        rows.iter().map(|row| row.pick).collect::<Vec<_>>(),
        alone,
        "the row says what it draws, not the thread"
    );
}
