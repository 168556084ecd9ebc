//! A thousand tests in one database, on threads and in processes: they do not disturb each other, whether each is rolled
//! back or nothing keeps them apart.

use crate::bench::Bench;
use crate::models::{Comment, Post, User};
use manufactory::{Factory, Result};
use sqlx::postgres::PgPoolOptions;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use std::env;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use tokio::runtime::Handle;

const TESTS: usize = 1_000;
const THREADS: usize = 16;

/// Rows of each test: a user; a post, its author, and two comments by others; three posts, and their authors; and one
/// comment, with all that is above it.
const ROWS: usize = 1 + (2 + 2 * 2) + 3 * 2 + 4;

/// What tests do. Names and titles are unique in the database.
async fn test(db: &mut PgConnection) -> Result<()> {
    let user = User::factory().create(&mut *db).await?;
    let post = Post::factory().comments(2).create(&mut *db).await?;
    let posts = Post::factory().create_batch(&mut *db, 3).await?;
    let comment = Comment::factory().create(&mut *db).await?;
    assert!(user.id != post.author_id && posts.iter().all(|other| other.id != post.id) && comment.author_id != user.id);
    Ok(())
}

/// The same in a transaction that is rolled back, in which nobody else's rows are seen.
async fn rolled_back(mut transaction: Transaction<'_, Postgres>) -> Result<()> {
    test(&mut transaction).await?;
    let all = sqlx::query_scalar(crate::models::ROWS).fetch_one(&mut *transaction).await;
    assert_eq!(all.ok(), i64::try_from(ROWS).ok(), "nothing is seen of other tests");
    transaction.rollback().await.unwrap();
    Ok(())
}

#[derive(Clone, Copy, PartialEq)]
enum Kept {
    Apart,
    Together,
}

/// So many tests, each on a thread that is named for it, as a runner has it. Gives the errors.
fn crowd(tests: usize, threads: usize, pool: &PgPool, kept: Kept) -> Vec<String> {
    let (next, runtime) = (Arc::new(AtomicUsize::new(0)), Handle::current());
    let runner = || {
        let mut errors = Vec::new();
        loop {
            let i = next.fetch_add(1, Relaxed);
            if i >= tests {
                return errors;
            }
            let (pool, runtime) = (pool.clone(), runtime.clone());
            let run = move || {
                runtime.block_on(async {
                    match kept {
                        Kept::Apart => rolled_back(pool.begin().await.unwrap()).await,
                        Kept::Together => test(&mut pool.acquire().await.unwrap()).await,
                    }
                })
            };
            let test = thread::Builder::new().name(format!("test {i}")).spawn(run).unwrap();
            errors.extend(test.join().unwrap().err().map(|error| format!("{error:?}")));
        }
    };
    thread::scope(|scope| {
        let runners: Vec<_> = (0..threads).map(|_| scope.spawn(runner)).collect();
        runners.into_iter().flat_map(|runner| runner.join().unwrap()).collect()
    })
}

async fn pool(url: &str, connections: usize) -> PgPool {
    let connections = u32::try_from(connections).unwrap();
    let patience = std::time::Duration::from_secs(60);
    PgPoolOptions::new().max_connections(connections).acquire_timeout(patience).connect(url).await.unwrap()
}

fn tell(what: &str, rows: i64, expected: usize) {
    let wrong = rows - i64::try_from(expected).unwrap();
    println!("fault | {what} | Postgres | sqlx, a pool | {TESTS} | {wrong}");
    assert_eq!(wrong, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tests_on_threads_that_are_rolled_back() {
    let mut bench = Bench::postgres().await;
    let pool = pool(bench.database().url(), THREADS).await;
    assert_eq!(tokio::task::block_in_place(|| crowd(TESTS, THREADS, &pool, Kept::Apart)), [""; 0]);
    tell("a crowd on threads, rolled back", bench.rows().await, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn tests_on_threads_that_nothing_keeps_apart() {
    let mut bench = Bench::postgres().await;
    let pool = pool(bench.database().url(), THREADS).await;
    assert_eq!(tokio::task::block_in_place(|| crowd(TESTS, THREADS, &pool, Kept::Together)), [""; 0]);
    tell("a crowd on threads, not kept apart", bench.rows().await, TESTS * ROWS);
}

/// How a process is told which database it shares, and whether it keeps its tests apart.
const SHARED: &str = "MANUFACTORY_FAULTS_CROWD";
const APART: &str = "MANUFACTORY_FAULTS_APART";
/// Where nextest says which of its slots a test runs in: no two tests that run at the same time share one.
const SLOT: &str = "NEXTEST_TEST_GLOBAL_SLOT";
const PROCESSES: usize = 8;
const DONE: &str = "this process has run its part";

/// What runs in each of the processes; and here, in a database of its own.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_of_several_processes() {
    let own = if env::var(SHARED).is_ok() { None } else { Some(Bench::postgres().await) };
    let url = own.as_ref().map_or_else(|| env::var(SHARED).unwrap(), |bench| bench.database().url().to_owned());
    let kept = if env::var(APART).is_ok() { Kept::Apart } else { Kept::Together };
    let pool = pool(&url, 2).await;
    assert_eq!(tokio::task::block_in_place(|| crowd(TESTS / PROCESSES, 2, &pool, kept)), [""; 0]);
    println!("{DONE}");
}

fn start(slot: usize, url: &str, kept: Kept) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(["--exact", "crowd::one_of_several_processes", "--nocapture"]).env(SHARED, url);
    command.env("NEXTEST", "1").env("NEXTEST_EXECUTION_MODE", "process-per-test").env(SLOT, slot.to_string());
    if kept == Kept::Apart {
        command.env(APART, "yes");
    }
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn finish(process: Child) {
    let output = process.wait_with_output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains(DONE), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn tests_in_processes_that_nothing_keeps_apart() {
    let mut bench = Bench::postgres().await;
    let processes: Vec<_> = (0..PROCESSES).map(|slot| start(slot, bench.database().url(), Kept::Together)).collect();
    processes.into_iter().for_each(finish);
    tell("a crowd in processes, not kept apart", bench.rows().await, TESTS * ROWS);
}

// In a slot one process comes after the other, and begins at the same numbers: what it finds is as it was.
#[tokio::test]
async fn tests_in_processes_that_are_rolled_back() {
    let mut bench = Bench::postgres().await;
    for _ in 0..2 {
        let processes: Vec<_> =
            (0..PROCESSES / 2).map(|slot| start(slot, bench.database().url(), Kept::Apart)).collect();
        processes.into_iter().for_each(finish);
        assert_eq!(bench.rows().await, 0);
    }
    tell("a crowd in processes, rolled back", bench.rows().await, 0);
}
