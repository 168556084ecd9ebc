//! The models that are built in benches, each beside the literal that a careful person would write for it.

#![allow(dead_code, reason = "models are made, not read")]
#![allow(clippy::cast_possible_wrap, clippy::cast_possible_truncation, reason = "numbers of rows")]

use manufactory::Factory;
use std::sync::atomic::{AtomicU64, Ordering};

#[derive(Factory)]
pub(crate) struct User {
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
pub(crate) struct Numbers {
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
pub(crate) struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author: User,
    #[factory(format("post {n}"))]
    title: String,
}

#[derive(Factory)]
pub(crate) struct Comment {
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

pub(crate) fn user() -> User {
    let n = number();
    let username = format!("user{n}");
    let email = format!("{username}@example.com");
    User { id: n as i64 + 1, username, email, name: "A Name".into(), active: true }
}

pub(crate) fn numbers() -> Numbers {
    let n = number();
    let (rank, level) = (n as u32, 7);
    let state = [1, 2, 3][n as usize % 3];
    let score = f64::from(rank) * f64::from(level);
    Numbers { id: n as i64 + 1, rank, level, score, active: false, state, parent: None, flags: 0 }
}

pub(crate) fn post() -> Post {
    let n = number();
    Post { id: n as i64 + 1, author: user(), title: format!("post {n}") }
}

pub(crate) fn comment() -> Comment {
    let n = number();
    Comment { id: n as i64 + 1, post: post(), author: user(), body: format!("comment {n}") }
}
