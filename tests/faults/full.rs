//! A disk that is full, as SQLite sees it: the file may not grow any more.

use crate::bench::{Bench, Outcome};
use crate::libraries::Library;
use crate::models::Call;
use crate::tests::on_sqlite;

async fn tried<L: Library>(mut bench: Bench) {
    // It is full sooner or later within a call, and while other tables grow.
    for names in 0..12 {
        let mut library = L::open(bench.url()).await;
        let names = (0..names).map(|i| format!("{:0>200}", format!("{names} {i}"))).collect();
        let fills = Call::Users(names);
        library.make(fills.clone()).await.unwrap();
        bench.count(fills.rows());
        let pages = bench.number("pragma page_count").await;
        library.say(&format!("pragma max_page_count = {pages}")).await;
        let outcome = loop {
            match Outcome::of(library.make(Call::Graph).await) {
                Outcome::Made => bench.count(Call::Graph.rows()),
                outcome => break outcome,
            }
        };
        assert!(matches!(&outcome, Outcome::Refused(told) if told.contains("database or disk is full")), "{outcome:?}");
        bench.all_or_none(0).await;
        library.say("pragma max_page_count = 1000000").await;
        bench.look(library, &Call::Graph, outcome).await;
    }
    bench.tell::<L>("disk full").await;
}

on_sqlite!(tried);
