//! What manufactory, SQL by hand, bon and struct literals take. Knows the other benches' models and ways, and adds only
//! bon's builder. All of them take turns, so that a drift of the machine meets them alike.
//!
//! Prints for each way the median time, as `benches/others/run` reads it. usage: others RUNS

#![allow(dead_code, reason = "models are made, not read")]

#[path = "../create.rs"]
mod create;
#[path = "../models/mod.rs"]
mod models;

use bon::Builder;
use manufactory::{Factory, Session};
use std::hint::black_box;
use std::time::Instant;
use tokio::runtime;

/// As `models::User`, whose values a test helper says here.
#[derive(Builder)]
struct User {
    id: i64,
    username: String,
    email: String,
    name: String,
    active: bool,
}

fn user(n: i64) -> User {
    let username = format!("user{n}");
    let email = format!("{username}@example.com");
    User::builder().id(n).username(username).email(email).name("A Name".into()).active(true).build()
}

/// Runs a way once, and says how many seconds that took.
type Way<'w> = Box<dyn Fn() -> f64 + 'w>;

fn timed<T>(work: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let made = black_box(work());
    let seconds = start.elapsed().as_secs_f64();
    drop(made);
    seconds
}

fn main() {
    const USERS: usize = 10_000;
    // They take milliseconds, and all others are compared with them: each is timed more often.
    let runs = 4 * std::env::args().nth(1).map_or(5, |runs| runs.parse::<usize>().unwrap());
    let _session = Session::seeded(1).enter();

    let runtime = &runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    macro_rules! rows {
        ($way:path) => {
            Box::new(|| {
                let pool = runtime.block_on(create::database());
                timed(|| runtime.block_on($way(&pool)))
            })
        };
    }
    let ways: [(&str, &str, Way<'_>); 6] = [
        ("rows", "manufactory", rows!(create::ours)),
        ("rows", "multi-row SQL by hand, sqlx", rows!(create::multi_row)),
        ("rows", "row by row by hand, sqlx", rows!(create::row_by_row)),
        ("memory", "manufactory", Box::new(|| timed(|| models::User::factory().build_batch(USERS)))),
        ("memory", "struct literals", Box::new(|| timed(|| (0..USERS).map(|_| models::user()).collect::<Vec<_>>()))),
        ("memory", "bon", Box::new(|| timed(|| (0..USERS as i64).map(user).collect::<Vec<_>>()))),
    ];
    let mut times = vec![Vec::new(); ways.len()];
    for run in 0..runs + 2 {
        for ((_, _, way), times) in ways.iter().zip(&mut times) {
            let seconds = way();
            // The first two warm up.
            if run >= 2 {
                times.push(seconds);
            }
        }
    }
    for ((table, tool, _), times) in ways.iter().zip(&mut times) {
        times.sort_by(f64::total_cmp);
        println!("{table}\t{tool}\t{:.3}", times[runs / 2] * 1e3);
    }
}
