//! Data that must never change: whoever has stored a seed expects it back. A change here is a major version.
//!
//! Also run without features, in release builds, and on machines of another word size and byte order: see `.ci/long/`.

mod models;

use manufactory::{Factory, Memory, Session, among};
use models::{Post, Sample, Tag, User, later};
use std::fmt::Debug;
use std::future::Future;
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, SystemTime};

#[test]
fn the_same_seed_gives_the_same_data_for_ever() {
    let _session = Session::seeded(42).enter();
    let rows = Sample::factory().build_batch(6);
    let text: Vec<_> =
        rows.iter().map(|row| format!("{} {} {:?} {}", row.choice, row.weighted, row.maybe, row.number)).collect();
    let golden = include_str!("sample.txt");
    assert_eq!(text.join("\n"), golden.trim_end());
}

/// An instant that is everywhere the same.
fn instant() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)
}

/// The reference store waits for nothing.
fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(made) => made,
        Poll::Pending => panic!("the reference store waits for something"),
    }
}

fn lines<T: Debug>(of: &str, models: impl IntoIterator<Item = T>) -> String {
    models.into_iter().fold(String::new(), |text, model| text + &format!("{of}: {model:?}\n"))
}

/// Everything that a declaration, a preset or a relation can say, in memory and in a store.
fn data() -> String {
    let _session = Session::seeded(7).at(instant()).enter();
    let mut text = lines("built", User::factory().build_batch(12));
    text += &lines(
        "preset",
        User::factory().times(4).each(|i, user| if i % 2 == 0 { user.busy() } else { user.admin() }).build(),
    );
    text += &lines("covered", models::UserFactory::coverage().into_iter().map(Factory::build));
    text += &lines("nested", Post::factory().build_batch(4));
    let mut store = Memory::new();
    let users = now(User::factory().create_batch(&mut store, 9)).unwrap();
    let chosen = Post::factory().author_among(among(&users).zipf(1.1)).tags(2).create_batch(&mut store, 12);
    text += &lines("chosen", now(chosen).unwrap());
    text += &lines("drawn", now(Post::factory().author_among(&users).create_batch(&mut store, 12)).unwrap());
    let shared = Post::factory().share::<models::UserFactory>().create_batch(&mut store, 3);
    text += &lines("shared", now(shared).unwrap());
    let posts = Post::factory().reviewer_with(models::UserFactory::busy).tags(1).times(3);
    let graph = now(User::factory().posts(posts).times(2).create_graph(&mut store)).unwrap();
    text += &lines("graph", graph.all::<Post>());
    text += &lines("tag", graph.all::<Tag>());
    text
}

#[test]
fn every_declaration_gives_the_same_data_for_ever() {
    let (data, golden) = (data(), include_str!("data.txt"));
    for (n, (line, golden)) in (1..).zip(data.lines().zip(golden.lines())) {
        assert_eq!(line, golden, "line {n} of data.txt");
    }
    assert_eq!(data.lines().count(), golden.lines().count());
}

#[test]
fn sixteen_threads_give_what_one_gives() {
    let threads: Vec<_> = (0..16).map(|_| thread::spawn(data)).collect();
    for thread in threads {
        assert_eq!(thread.join().unwrap(), include_str!("data.txt"));
    }
}

#[test]
fn attributes_added_and_moved_leave_the_others_as_they_were() {
    let shared = |user: later::User| (user.role, user.karma, user.score, user.state, user.nickname, user.token);
    let users = || {
        let _session = Session::seeded(7).at(instant()).enter();
        later::User::factory().build_batch(12)
    };
    let golden: Vec<_> = include_str!("data.txt").lines().filter(|line| line.starts_with("built")).collect();
    assert_eq!(golden.len(), 12);
    for (user, golden) in users().into_iter().map(shared).zip(golden) {
        let (role, karma, score, state, nickname, token) = user;
        for part in [
            format!("role: {role:?}"),
            format!("karma: {karma:?}"),
            format!("score: {score:?}"),
            format!("state: {state:?}"),
            format!("nickname: {nickname:?}"),
            format!("token: {token:?}"),
        ] {
            assert!(golden.contains(&part), "{part} is not in {golden}");
        }
    }
}
