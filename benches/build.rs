//! `build()` against the struct literal with the same values, in one run: prints each time and the ratio.
//!
//! `cargo bench --bench build`

#![allow(dead_code, reason = "models are made, not read")]
#![allow(clippy::cast_possible_wrap, clippy::cast_possible_truncation, reason = "numbers of rows")]

mod measure;

use manufactory::{Factory, Session};
use measure::{Measured, compare};
use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Factory)]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sequence(|n| format!("user{n}")))]
    username: String,
    #[factory(lazy(|username| format!("{username}@example.com")))]
    email: String,
    #[factory(value("A Name"))]
    name: String,
    #[factory(value(true))]
    active: bool,
}

#[derive(Factory)]
struct Numbers {
    #[factory(key)]
    id: i64,
    #[factory(sequence)]
    rank: u32,
    #[factory(value(7))]
    level: u8,
    #[factory(lazy(|rank, level| f64::from(*rank) * f64::from(*level)))]
    score: f64,
    active: bool,
    #[factory(cycle([1, 2, 3]))]
    state: i16,
    parent: Option<i64>,
    #[factory(default)]
    flags: u64,
}

#[derive(Factory)]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author: User,
    #[factory(format("post {n}"))]
    title: String,
}

#[derive(Factory)]
struct Comment {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory))]
    post: Post,
    #[factory(sub_factory(UserFactory))]
    author: User,
    #[factory(format("comment {n}"))]
    body: String,
}

/// What a hand-written test helper counts with.
static NUMBER: AtomicU64 = AtomicU64::new(0);

fn number() -> u64 {
    NUMBER.fetch_add(1, Ordering::Relaxed)
}

fn user() -> User {
    let n = number();
    let username = format!("user{n}");
    let email = format!("{username}@example.com");
    User { id: n as i64 + 1, username, email, name: "A Name".into(), active: true }
}

fn numbers() -> Numbers {
    let n = number();
    let (rank, level) = (n as u32, 7);
    let state = [1, 2, 3][n as usize % 3];
    let score = f64::from(rank) * f64::from(level);
    Numbers { id: n as i64 + 1, rank, level, score, active: false, state, parent: None, flags: 0 }
}

fn post() -> Post {
    let n = number();
    Post { id: n as i64 + 1, author: user(), title: format!("post {n}") }
}

fn comment() -> Comment {
    let n = number();
    Comment { id: n as i64 + 1, post: post(), author: user(), body: format!("comment {n}") }
}

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
