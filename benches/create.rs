//! `create_batch(1000)` of comments with nested parents (1,000 comments, 1,000 posts, 2,000 users) on SQLite in memory,
//! against the same rows by hand in the same library: multi-row INSERTs in two ways, and row by row in one transaction.
//!
//! `cargo bench --bench create`; `benches/others/run` takes its ways to the rows from here.

#![allow(dead_code, reason = "models are made, not read")]
#![allow(clippy::cast_possible_wrap, clippy::cast_possible_truncation, reason = "numbers of rows")]

mod blog;
mod measure;

use blog::{Comment, ROWS};
use manufactory::{Factory, Session};
use measure::Goal::{AtLeast, AtMost};
use measure::{Measured, compare, row};
use sqlx::sqlite::{SqlitePoolOptions, SqliteRow};
use sqlx::{QueryBuilder, Row, SqliteConnection, SqlitePool};
use std::time::Instant;
use tokio::runtime::{Builder, Runtime};

const SCHEMA: &str = "
    create table users (id integer primary key, username text not null unique, email text not null);
    create table posts (id integer primary key, author_id integer not null references users, title text not null);
    create table comments (id integer primary key, post_id integer not null references posts,
                           author_id integer not null references users, body text not null);
";

pub(crate) async fn database() -> SqlitePool {
    let pool = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await.unwrap();
    sqlx::raw_sql(SCHEMA).execute(&pool).await.unwrap();
    pool
}

/// Statements with many rows, as one would write them by hand: every level inserted at once, keys by RETURNING.
pub(crate) async fn multi_row(pool: &SqlitePool) -> Vec<Comment> {
    let mut tx = pool.begin().await.unwrap();
    let authors = insert_users(&mut tx, 0).await;
    let mut posts = QueryBuilder::new("insert into posts (author_id, title) ");
    posts.push_values(authors.iter().enumerate(), |mut row, (n, author)| {
        row.push_bind(author).push_bind(format!("post {n}"));
    });
    let posts = keys(&mut tx, posts).await;
    let authors = insert_users(&mut tx, ROWS).await;
    let mut comments = QueryBuilder::new("insert into comments (post_id, author_id, body) ");
    comments.push_values(posts.iter().zip(&authors).enumerate(), |mut row, (n, (post, author))| {
        row.push_bind(post).push_bind(author).push_bind(format!("comment {n}"));
    });
    comments.push(" returning id, post_id, author_id, body");
    let comments = comments.build().fetch_all(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    comments.iter().map(comment).collect()
}

async fn insert_users(connection: &mut SqliteConnection, first: usize) -> Vec<i64> {
    let mut users = QueryBuilder::new("insert into users (username, email) ");
    users.push_values(first..first + ROWS, |mut row, n| {
        let username = format!("user{n}");
        let email = format!("{username}@example.com");
        row.push_bind(username).push_bind(email);
    });
    keys(connection, users).await
}

async fn keys(connection: &mut SqliteConnection, mut insert: QueryBuilder<sqlx::Sqlite>) -> Vec<i64> {
    insert.push(" returning id");
    insert.build_query_scalar().fetch_all(connection).await.unwrap()
}

/// The same with keys chosen above the largest one while nobody else may write, which spares RETURNING.
async fn chosen_keys(pool: &SqlitePool) -> Vec<Comment> {
    let mut tx = pool.begin_with("begin immediate").await.unwrap();
    let authors = insert_users_at(&mut tx, 0).await;
    let first = top(&mut tx, "select max(id) from posts").await + 1;
    let mut posts = QueryBuilder::new("insert into posts (id, author_id, title) ");
    posts.push_values((0..).zip(authors).take(ROWS), |mut row, (n, author)| {
        row.push_bind(first + n).push_bind(author).push_bind(format!("post {n}"));
    });
    posts.build().execute(&mut *tx).await.unwrap();
    let authors = insert_users_at(&mut tx, ROWS).await;
    let start = top(&mut tx, "select max(id) from comments").await + 1;
    let mut comments = QueryBuilder::new("insert into comments (id, post_id, author_id, body) ");
    comments.push_values((0..).zip(authors).take(ROWS), |mut row, (n, author)| {
        row.push_bind(start + n).push_bind(first + n).push_bind(author).push_bind(format!("comment {n}"));
    });
    comments.build().execute(&mut *tx).await.unwrap();
    let made = sqlx::query("select id, post_id, author_id, body from comments where id >= ? order by id").bind(start);
    let made = made.fetch_all(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    made.iter().map(comment).collect()
}

async fn insert_users_at(connection: &mut SqliteConnection, first: usize) -> std::ops::RangeFrom<i64> {
    let start = top(connection, "select max(id) from users").await + 1;
    let mut users = QueryBuilder::new("insert into users (id, username, email) ");
    users.push_values((start..).zip(first..first + ROWS), |mut row, (id, n)| {
        let username = format!("user{n}");
        let email = format!("{username}@example.com");
        row.push_bind(id).push_bind(username).push_bind(email);
    });
    users.build().execute(connection).await.unwrap();
    start..
}

async fn top(connection: &mut SqliteConnection, sql: &'static str) -> i64 {
    sqlx::query_scalar::<_, Option<i64>>(sql).fetch_one(connection).await.unwrap().unwrap_or(0)
}

fn comment(row: &SqliteRow) -> Comment {
    Comment { id: row.get(0), post_id: row.get(1), author_id: row.get(2), body: row.get(3) }
}

/// One statement per row, in one transaction.
pub(crate) async fn row_by_row(pool: &SqlitePool) -> Vec<Comment> {
    let mut tx = pool.begin().await.unwrap();
    let mut comments = Vec::with_capacity(ROWS);
    for n in 0..ROWS {
        let author = insert_user(&mut tx, n).await;
        let post: i64 = sqlx::query_scalar("insert into posts (author_id, title) values (?, ?) returning id")
            .bind(author)
            .bind(format!("post {n}"))
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        let author = insert_user(&mut tx, ROWS + n).await;
        let row = sqlx::query("insert into comments (post_id, author_id, body) values (?, ?, ?) returning id, body")
            .bind(post)
            .bind(author)
            .bind(format!("comment {n}"))
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        comments.push(Comment { id: row.get(0), post_id: post, author_id: author, body: row.get(1) });
    }
    tx.commit().await.unwrap();
    comments
}

async fn insert_user(connection: &mut SqliteConnection, n: usize) -> i64 {
    let username = format!("user{n}");
    let email = format!("{username}@example.com");
    let insert = sqlx::query_scalar("insert into users (username, email) values (?, ?) returning id");
    insert.bind(username).bind(email).fetch_one(connection).await.unwrap()
}

/// The same by their factory.
pub(crate) async fn ours(pool: &SqlitePool) -> Vec<Comment> {
    let call = {
        let _session = Session::seeded(1).enter();
        Comment::factory().create_batch(pool, ROWS)
    };
    call.await.unwrap()
}

fn measured<'w>(
    runtime: &'w Runtime,
    name: &'static str,
    work: impl AsyncFn(&SqlitePool) -> Vec<Comment> + 'w,
) -> Measured<'w> {
    Measured::timed(name, ROWS * 4, move || {
        runtime.block_on(async {
            let pool = database().await;
            let start = Instant::now();
            let comments = work(&pool).await;
            let seconds = start.elapsed().as_secs_f64();
            assert_eq!(comments.len(), ROWS);
            seconds
        })
    })
}

fn main() {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let ratios = compare(
        "1,000 comments, 1,000 posts, 2,000 users, SQLite in memory",
        vec![
            measured(&runtime, "multi-row SQL by hand", multi_row),
            measured(&runtime, "the same, keys chosen by hand", chosen_keys),
            measured(&runtime, "create_batch(1000)", ours),
            measured(&runtime, "row by row, one transaction", row_by_row),
        ],
    );
    let [floor, chosen, ours, by_row] = ratios[..] else { return };
    let work = "create_batch(1000), 4,000 rows, sqlx, SQLite in memory";
    row(work, "multi-row SQL by hand", ours / floor, AtMost(1.25));
    row(work, "the same, keys chosen by hand", ours / chosen, AtMost(1.25));
    row(work, "row by row", by_row / ours, AtLeast(3.0));
}
