//! `build()` against the struct literal with the same values, in one run: prints each time and the ratio.
//!
//! `cargo bench --bench build`; what it takes in instructions, which no load of the machine changes, says
//! `benches/instructions`.

mod measure;
mod models;

use manufactory::{Factory, Session};
use measure::{Measured, compare};
use models::{Comment, Numbers, User, comment, numbers, user};
use std::hint::black_box;

fn main() {
    const ROWS: usize = 10_000;
    let _session = Session::seeded(1).enter();
    compare(
        "flat model of 5 fields, 3 of them made of text",
        vec![one("literal", user), one("build()", || User::factory().build())],
    );
    compare("flat model of 8 numbers", vec![one("literal", numbers), one("build()", || Numbers::factory().build())]);
    compare(
        "graph of 3 levels, 4 models",
        vec![one("literal", comment), one("build()", || Comment::factory().build())],
    );
    let all = |name, work: fn() -> Vec<User>| Measured::whole(name, ROWS, move || _ = black_box(work()));
    compare(
        "10,000 rows at once, 5 fields",
        vec![
            all("literals in a Vec", || (0..ROWS).map(|_| user()).collect()),
            all("build_batch", || User::factory().build_batch(ROWS)),
        ],
    );
}

fn one<T: 'static>(name: &'static str, work: fn() -> T) -> Measured<'static> {
    Measured::of(name, 10_000, move || _ = black_box(work()))
}
