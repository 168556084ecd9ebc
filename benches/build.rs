//! `build()` against the struct literal with the same values, in one run: prints each time and the ratio.
//!
//! `cargo bench --bench build`; what it takes in instructions, which no load of the machine changes, says
//! `benches/instructions`.

mod measure;
mod models;

use manufactory::{Factory, Session};
use measure::Goal::AtMost;
use measure::{Measured, compare, row};
use models::{Comment, Numbers, User, comment, numbers, user};
use std::hint::black_box;

fn main() {
    let session = Session::seeded(1).enter();
    let flat = compare(
        "flat model of 5 fields, 3 of them made of text",
        vec![one("literal", user), one("build()", || User::factory().build())],
    );
    row("build(), 5 fields, 3 of them text", "the literal", flat[1], AtMost(1.2));
    let numbers = compare(
        "flat model of 8 numbers",
        vec![one("literal", numbers), one("build()", || Numbers::factory().build())],
    );
    row("build(), 8 numbers, a session entered", "the literal", numbers[1], AtMost(1.05));
    let graph = compare(
        "graph of 3 levels, 4 models",
        vec![one("literal", comment), one("build()", || Comment::factory().build())],
    );
    row("build(), 3 levels, 4 models", "the literals, nested", graph[1], AtMost(1.2));
    let texts = compare(
        "10,000 rows at once, 5 fields",
        vec![
            all("literals in a Vec", || (0..ROWS).map(|_| models::user()).collect::<Vec<_>>()),
            all("build_batch", || User::factory().build_batch(ROWS)),
        ],
    );
    row("build_batch(10_000), 5 fields", "literals in a Vec", texts[1], AtMost(1.2));
    let batch = compare(
        "10,000 rows at once, 8 numbers",
        vec![
            all("literals in a Vec", || (0..ROWS).map(|_| models::numbers()).collect::<Vec<_>>()),
            all("build_batch", || Numbers::factory().build_batch(ROWS)),
        ],
    );
    row("build_batch(10_000), 8 numbers", "literals in a Vec", batch[1], AtMost(1.05));
    drop(session);
    let implicit = compare(
        "8 numbers, no session entered",
        vec![one("literal", models::numbers), one("build()", || Numbers::factory().build())],
    );
    row("build(), 8 numbers, no session entered", "the literal", implicit[1], AtMost(1.05));
}

fn one<T: 'static>(name: &'static str, work: fn() -> T) -> Measured<'static> {
    Measured::of(name, 10_000, move || _ = black_box(&work()))
}

fn all<T: 'static>(name: &'static str, work: fn() -> Vec<T>) -> Measured<'static> {
    Measured::whole(name, ROWS, move || _ = black_box(work()))
}

/// How many at once.
const ROWS: usize = 10_000;
