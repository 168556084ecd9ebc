//! Times several ways to do the same work in turns, so that a drift of the machine meets all of them alike, and prints
//! the median of each and its ratio to the first.

#![allow(dead_code, reason = "each bench uses its part")]
#![allow(clippy::cast_precision_loss, reason = "times")]

use std::io::Write;
use std::time::Instant;

/// One way to do the work.
pub(crate) struct Measured<'w> {
    name: &'static str,
    rows: usize,
    work: Box<dyn FnMut() -> f64 + 'w>,
}

impl<'w> Measured<'w> {
    /// Runs `work` once per row.
    pub(crate) fn of(name: &'static str, rows: usize, mut work: impl FnMut() + 'w) -> Self {
        Self::whole(name, rows, move || (0..rows).for_each(|_| work()))
    }

    /// Runs `work` once for all rows.
    pub(crate) fn whole(name: &'static str, rows: usize, mut work: impl FnMut() + 'w) -> Self {
        Self::timed(name, rows, move || {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
    }

    /// `work` says how many seconds count.
    pub(crate) fn timed(name: &'static str, rows: usize, work: impl FnMut() -> f64 + 'w) -> Self {
        Self { name, rows, work: Box::new(work) }
    }
}

/// How often each way is timed.
const RUNS: usize = 31;

/// Runs all ways in turns, prints each way's median time, and gives back the median of its ratios to the first, which is
/// the floor: what a careful person would have written by hand.
pub(crate) fn compare(title: &str, mut ways: Vec<Measured<'_>>) -> Vec<f64> {
    println!("{title}");
    let mut times = vec![Vec::with_capacity(RUNS); ways.len()];
    for run in 0..RUNS + 2 {
        for (way, times) in ways.iter_mut().zip(&mut times) {
            let seconds = (way.work)();
            // The first two warm up.
            if run >= 2 {
                times.push(seconds);
            }
        }
    }
    let all = ways.iter().zip(&times).map(|(way, seconds)| {
        let ratios = seconds.iter().zip(&times[0]).map(|(ours, floor)| ours / floor).collect();
        let (seconds, ratio) = (median(seconds.clone()), median(ratios));
        let per_row = seconds / way.rows as f64 * 1e9;
        println!("  {:<34} {:>10.3} ms {:>10.0} ns/row {:>8.2} x", way.name, seconds * 1e3, per_row, ratio);
        ratio
    });
    all.collect()
}

/// What a ratio is to reach.
#[derive(Clone, Copy)]
pub(crate) enum Goal {
    /// So many times the time of the other.
    AtMost(f64),
    /// So many times as fast as the other.
    AtLeast(f64),
}

/// A row of the table of all benches, which `benches/table` shows: it says in `MANUFACTORY_TABLE` which file that is.
pub(crate) fn row(work: &str, against: &str, ratio: f64, goal: Goal) {
    let (goal, is_met) = match goal {
        Goal::AtMost(most) => (format!("at most {most}"), ratio <= most),
        Goal::AtLeast(least) => (format!("at least {least}"), ratio >= least),
    };
    let row = format!("| {work} | {against} | {ratio:.2} | {goal} | {} |", if is_met { "met" } else { "missed" });
    println!("  {row}");
    if let Ok(table) = std::env::var("MANUFACTORY_TABLE") {
        let file = std::fs::OpenOptions::new().create(true).append(true).open(table);
        file.and_then(|mut file| writeln!(file, "{row}")).expect("MANUFACTORY_TABLE is a file");
    }
}

/// The one in the middle.
pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
