//! Closures and hooks of the user's that panic, at once or in the last row, and a hook that fails.

use crate::bench::{Bench, Outcome};
use crate::libraries::Library;
use crate::models::{Call, Deed};
use crate::tests::{on_mysql, on_postgres, on_sqlite};
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::task::Poll;

/// Polls a future and catches what it panics with.
async fn caught<T>(future: impl Future<Output = T>) -> std::thread::Result<T> {
    let mut future = pin!(future);
    std::future::poll_fn(|cx| match std::panic::catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(cx))) {
        Ok(poll) => poll.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}

async fn tried<L: Library>(mut bench: Bench) {
    for call in [Call::PanicsAtOnce, Call::PanicsLate, Call::Hook(Deed::Panic), Call::Hook(Deed::Fail)] {
        let mut library = L::open(bench.url()).await;
        let made = caught(library.make(call.clone())).await;
        let outcome = match made {
            Ok(made) => Outcome::of(made),
            Err(panic) => {
                let text = *panic.downcast::<&str>().unwrap();
                assert!(["in a closure", "in a hook"].contains(&text), "{text}");
                Outcome::Panicked
            }
        };
        match (&call, &outcome) {
            (Call::Hook(Deed::Fail), Outcome::Refused(told)) => assert!(told.contains("on purpose"), "{told}"),
            (_, Outcome::Panicked) => {}
            _ => panic!("{call:?} came to {outcome:?}"),
        }
        bench.look(library, &call, outcome).await;
    }
    bench.tell::<L>("panic in a closure or hook").await;
}

on_sqlite!(tried);
on_postgres!(tried);
on_mysql!(tried);
