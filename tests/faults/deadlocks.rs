//! Calls that wait for each other on servers, alone and within transactions of the callers'.

use crate::bench::{Bench, Outcome};
use crate::libraries::Library;
use crate::models::{Call, Meeting};
use crate::tests::{on_mysql, on_postgres};
use std::thread;

/// Two calls at the same time. Each has made a user, and then needs the name that the other one has taken.
async fn crossed<L: Library>(mut bench: Bench) {
    bench.hurry_deadlocks().await;
    for round in 0..4 {
        let meeting = Meeting::of_two();
        let calls = both(&bench, move |mut library: L, mine, others| {
            let call = Call::Crossing(format!("{mine}{round}"), format!("{others}{round}"), meeting.clone());
            async move {
                let made = library.make(call.clone()).await;
                // The same connection goes on, also that of the call that was given up.
                library.make(Call::Graph).await.unwrap();
                (call, made)
            }
        });
        bench.count(2 * Call::Graph.rows());
        let (call, outcome) = refused(calls.map(|(call, made)| (call, Outcome::of(made))));
        // The other call has as many rows.
        bench.count(call.rows());
        bench.look(L::open(bench.url()).await, &call, outcome).await;
    }
    bench.tell::<L>("deadlock").await;
}

/// The same in two transactions of the callers', which hold the names.
async fn crossed_within<L: Library>(mut bench: Bench) {
    bench.hurry_deadlocks().await;
    for round in 0..4 {
        let meeting = Meeting::of_two();
        let calls = both(&bench, move |mut library: L, mine, others| {
            let holds = format!("insert into users (name, note) values ('{mine}{round}', '')");
            let call = Call::Users(vec![format!("fresh{mine}{round}"), format!("{others}{round}")]);
            let meeting = meeting.clone();
            async move {
                let made = library.make_within(&holds, &mut || drop(meeting.wait()), call.clone()).await;
                library.make(Call::Graph).await.unwrap();
                (call, made)
            }
        });
        bench.count(2 * Call::Graph.rows());
        let (call, outcome) = refused(calls.map(|(call, made)| (call, Outcome::of(made))));
        bench.look(L::open(bench.url()).await, &call, outcome).await;
    }
    bench.tell::<L>("deadlock of callers' transactions").await;
}

/// Of two calls that wait for each other, the one that was given up. The other one was made.
fn refused([one, other]: [(Call, Outcome); 2]) -> (Call, Outcome) {
    let (made, refused) = if let Outcome::Made = one.1 { (one, other) } else { (other, one) };
    let is_deadlock = matches!(&refused.1, Outcome::Refused(told)
        if told.to_lowercase().contains("deadlock") && !told.contains(", row "));
    assert!(matches!(made.1, Outcome::Made) && is_deadlock, "{made:?}, {refused:?}");
    refused
}

/// Does something on two threads, with a connection each.
fn both<L: Library, T: Send + 'static, D: Future<Output = T>>(
    bench: &Bench,
    what: impl Fn(L, &'static str, &'static str) -> D + Clone + Send + 'static,
) -> [T; 2] {
    [["one", "other"], ["other", "one"]]
        .map(|[mine, others]| {
            let (url, session, what) = (bench.url().to_owned(), bench.session().clone(), what.clone());
            thread::spawn(move || {
                let _guard = session.enter();
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(async { what(L::open(&url).await, mine, others).await })
            })
        })
        .map(|thread| thread.join().unwrap())
}

mod crossing {
    use super::*;

    on_postgres!(crossed);
    on_mysql!(crossed);
}

mod crossing_within {
    use super::*;

    on_postgres!(crossed_within);
    on_mysql!(crossed_within);
}
