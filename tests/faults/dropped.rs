//! Calls of which nobody awaits the end: dropped after any number of polls.

use crate::bench::{Bench, Outcome};
use crate::libraries::*;
use crate::models::{Call, Deed};
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

/// Polls a call so many times, whenever there is something to poll it for, and drops it.
async fn polled<T>(polls: u32, call: impl Future<Output = T>) -> Option<T> {
    let (mut call, mut left) = (pin!(call), polls);
    std::future::poll_fn(|cx| match (call.as_mut().poll(cx), left) {
        (Poll::Ready(done), _) => Poll::Ready(Some(done)),
        (Poll::Pending, 1) => Poll::Ready(None),
        (Poll::Pending, _) => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

/// sqlx loses track of a connection to MySQL when a statement is dropped while it is being prepared. It has to be closed:
/// by us, where it is of a pool that we can take it from, else by the caller. From `SeaORM`'s pool nobody can take it.
fn is_lost_track_of<L: Library>(bench: &Bench) -> bool {
    bench.is_mysql() && ["sqlx, a connection", "SeaORM"].contains(&L::NAME)
}

/// What a call comes to that is dropped after so many polls, or while its hook waits for ever.
async fn made<L: Library>(library: &mut L, call: Call, polls: Option<u32>) -> Option<manufactory::Result<()>> {
    match polls {
        Some(polls) => polled(polls, library.make(call)).await,
        // All of the rows are written by then.
        None => tokio::time::timeout(Duration::from_millis(300), library.make(call)).await.ok(),
    }
}

/// Drops a call, and then looks with the same connection, if that can be used.
async fn dropped<L: Library>(bench: &mut Bench, call: Call, polls: Option<u32>) -> bool {
    let (made, library) = if is_lost_track_of::<L>(bench) {
        let (url, session, call) = (bench.url().to_owned(), bench.session().clone(), call.clone());
        // What it is on is gone with its runtime.
        let made = std::thread::spawn(move || {
            let _guard = session.enter();
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async { made(&mut L::open(&url).await, call, polls).await })
        });
        (made.join().unwrap(), L::open(bench.url()).await)
    } else {
        let mut library = L::open(bench.url()).await;
        (made(&mut library, call.clone(), polls).await, library)
    };
    let is_done = made.is_some();
    bench.look(library, &call, made.map_or(Outcome::Dropped, Outcome::of)).await;
    is_done
}

async fn tried<L: Library>(mut bench: Bench) {
    // One after the other, and then, as there are many, every third.
    for polls in (1..10).chain((10..).step_by(3)) {
        if dropped::<L>(&mut bench, Call::Graph, Some(polls)).await {
            break;
        }
    }
    assert!(!dropped::<L>(&mut bench, Call::Hook(Deed::Wait), None).await, "it waits");
    bench.tell::<L>("future dropped").await;
}

// diesel-async itself panics where a statement is dropped on a runtime of one thread.
#[tokio::test]
async fn diesel_async_sqlite_on_one_thread() {
    let mut bench = Bench::sqlite().await;
    let mut panics = 0;
    for polls in 1.. {
        let mut library = DieselAsyncSqlite::open(bench.url()).await;
        let mut call = Box::pin(library.make(Call::Graph));
        let mut left = polls;
        let is_done = std::future::poll_fn(|cx| match (call.as_mut().poll(cx), left) {
            (Poll::Ready(_), _) => Poll::Ready(true),
            (Poll::Pending, 1) => Poll::Ready(false),
            (Poll::Pending, _) => {
                left -= 1;
                Poll::Pending
            }
        })
        .await;
        panics += u32::from(std::panic::catch_unwind(AssertUnwindSafe(|| drop(call))).is_err());
        let outcome = if is_done { Outcome::Made } else { Outcome::Dropped };
        bench.look(library, &Call::Graph, outcome).await;
        if is_done {
            break;
        }
    }
    assert!(panics > 0, "diesel-async has learned to wait: say so in docs/databases/diesel-async.md");
    bench.tell::<DieselAsyncSqlite>("future dropped, and a panic in diesel-async").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn diesel_async_sqlite() {
    tried::<DieselAsyncSqlite>(Bench::sqlite().await).await;
}

macro_rules! tests {
    ($($name:ident: $library:ident, $bench:ident;)*) => {$(
        #[tokio::test]
        async fn $name() {
            tried::<$library>(Bench::$bench().await).await;
        }
    )*};
}

tests! {
    sqlx_sqlite_pool: SqlxSqlitePool, sqlite;
    sqlx_sqlite: SqlxSqlite, sqlite;
    sea_orm_sqlite: SeaOrm, sqlite;
}

#[cfg(feature = "_servers")]
tests! {
    sqlx_postgres_pool: SqlxPostgresPool, postgres;
    sqlx_postgres: SqlxPostgres, postgres;
    sea_orm_postgres: SeaOrm, postgres;
    diesel_async_postgres: DieselAsyncPostgres, postgres;
    sqlx_mysql_pool: SqlxMysqlPool, mysql;
    sqlx_mysql: SqlxMysql, mysql;
    sea_orm_mysql: SeaOrm, mysql;
    diesel_async_mysql: DieselAsyncMysql, mysql;
}

/// Within a transaction that was opened by text, what a dropped call has written is undone.
async fn tried_within<L: Library>(mut bench: Bench) {
    for polls in 1.. {
        let mut library = L::open(bench.url()).await;
        library.say("begin").await;
        let made = polled(polls, library.make(Call::Graph)).await;
        library.say("commit").await;
        let is_done = made.is_some();
        bench.look(library, &Call::Graph, made.map_or(Outcome::Dropped, Outcome::of)).await;
        if is_done {
            break;
        }
    }
    bench.tell::<L>("future dropped in a transaction").await;
}

#[tokio::test]
async fn sqlx_sqlite_in_a_transaction() {
    tried_within::<SqlxSqlite>(Bench::sqlite().await).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn diesel_async_sqlite_in_a_transaction() {
    tried_within::<DieselAsyncSqlite>(Bench::sqlite().await).await;
}

// Not with sqlx: nothing can be said to Postgres while a statement is on its way, and it undoes only what it has begun.
#[cfg(feature = "_servers")]
#[tokio::test]
async fn diesel_async_postgres_in_a_transaction() {
    tried_within::<DieselAsyncPostgres>(Bench::postgres().await).await;
}
