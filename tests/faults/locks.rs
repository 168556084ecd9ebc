//! Locks that are not given in time.

use crate::bench::{Bench, Outcome};
use crate::libraries::Library;
use crate::models::{Call, Meeting};
use crate::tests::{on_mysql, on_postgres, on_sqlite};

/// Somebody else holds what the last row of a call needs.
async fn waited<L: Library>(mut bench: Bench) {
    let (patience, said) = bench.of_locks();
    for round in 0..2 {
        let mut library = L::open(bench.url()).await;
        library.say(patience).await;
        bench.say(&format!("begin; insert into users (name, note) values ('taken{round}', '')")).await;
        let call = Call::Crossing(format!("free{round}"), format!("taken{round}"), Meeting::default());
        let outcome = Outcome::of(library.make(call.clone()).await);
        bench.say("rollback").await;
        assert!(matches!(&outcome, Outcome::Refused(told) if told.contains(said)), "{outcome:?}");
        bench.look(library, &call, outcome).await;
    }
    bench.tell::<L>("lock timeout").await;
}

on_sqlite!(waited);
on_postgres!(waited);
on_mysql!(waited);
