//! The same as `create`, through Diesel: `create_batch(1000)` of comments with nested parents (1,000 comments, 1,000 posts,
//! 2,000 users) on SQLite in memory, against the same rows by hand in Diesel.
//!
//! `cargo bench --bench diesel`

#![allow(dead_code, reason = "models are made, not read")]

mod measure;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use manufactory::{Factory, Session};
use measure::Goal::{AtLeast, AtMost};
use measure::{Measured, compare, row};
use std::time::Instant;

mod schema {
    diesel::table! { users (id) { id -> BigInt, username -> Text, email -> Text, } }
    diesel::table! { posts (id) { id -> BigInt, author_id -> BigInt, title -> Text, } }
    diesel::table! { comments (id) { id -> BigInt, post_id -> BigInt, author_id -> BigInt, body -> Text, } }
}

use schema::{comments, posts, users};

const ROWS: usize = 1_000;

#[derive(Debug, Clone, Factory)]
#[factory(table = schema::users)]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(sequence(|n| format!("user{n}")))]
    username: String,
    #[factory(lazy(|username| format!("{username}@example.com")))]
    email: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = schema::posts)]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(format("post {n}"))]
    title: String,
}

#[derive(Debug, Clone, Queryable, Factory)]
#[factory(table = schema::comments)]
struct Comment {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(format("comment {n}"))]
    body: String,
}

fn database() -> SqliteConnection {
    let mut db = SqliteConnection::establish(":memory:").unwrap();
    db.batch_execute(
        "create table users (id integer primary key not null, username text not null unique, email text not null);
         create table posts (id integer primary key not null, author_id integer not null references users,
                             title text not null);
         create table comments (id integer primary key not null, post_id integer not null references posts,
                                author_id integer not null references users, body text not null);",
    )
    .unwrap();
    db
}

/// A row as Diesel takes it.
macro_rules! row {
    (user $n:expr) => {{
        let username = format!("user{}", $n);
        (users::email.eq(format!("{username}@example.com")), users::username.eq(username))
    }};
    (post $n:expr, $author:expr) => {
        (posts::author_id.eq($author), posts::title.eq(format!("post {}", $n)))
    };
    (comment $n:expr, $post:expr, $author:expr) => {
        (comments::post_id.eq($post), comments::author_id.eq($author), comments::body.eq(format!("comment {}", $n)))
    };
}

/// Every level inserted at once, keys by RETURNING.
fn by_hand(db: &mut SqliteConnection) -> Vec<Comment> {
    let made: QueryResult<_> = db.transaction(|db| {
        let authors = insert_users(db, 0)?;
        let rows: Vec<_> = authors.iter().enumerate().map(|(n, author)| row!(post n, *author)).collect();
        let posts: Vec<i64> = diesel::insert_into(posts::table).values(rows).returning(posts::id).get_results(db)?;
        let authors = insert_users(db, ROWS)?;
        let rows = posts.iter().zip(&authors).enumerate();
        let rows: Vec<_> = rows.map(|(n, (post, author))| row!(comment n, *post, *author)).collect();
        diesel::insert_into(comments::table).values(rows).get_results(db)
    });
    made.unwrap()
}

fn insert_users(db: &mut SqliteConnection, first: usize) -> QueryResult<Vec<i64>> {
    let rows: Vec<_> = (first..first + ROWS).map(|n| row!(user n)).collect();
    diesel::insert_into(users::table).values(rows).returning(users::id).get_results(db)
}

/// One statement per row, in one transaction.
fn row_by_row(db: &mut SqliteConnection) -> Vec<Comment> {
    let made: QueryResult<_> = db.transaction(|db| {
        let one = |db: &mut SqliteConnection, n| -> QueryResult<i64> {
            diesel::insert_into(users::table).values(row!(user n)).returning(users::id).get_result(db)
        };
        let rows = (0..ROWS).map(|n| {
            let author = one(db, n)?;
            let insert = diesel::insert_into(posts::table).values(row!(post n, author)).returning(posts::id);
            let (post, author): (i64, i64) = (insert.get_result(db)?, one(db, ROWS + n)?);
            diesel::insert_into(comments::table).values(row!(comment n, post, author)).get_result(db)
        });
        rows.collect()
    });
    made.unwrap()
}

fn measured(name: &'static str, work: fn(&mut SqliteConnection) -> Vec<Comment>) -> Measured<'static> {
    Measured::timed(name, ROWS * 4, move || {
        let mut db = database();
        let start = Instant::now();
        let comments = work(&mut db);
        let seconds = start.elapsed().as_secs_f64();
        assert_eq!(comments.len(), ROWS);
        seconds
    })
}

fn ours(db: &mut SqliteConnection) -> Vec<Comment> {
    let _session = Session::seeded(1).enter();
    Comment::factory().create_batch(db, ROWS).unwrap()
}

fn main() {
    let ratios = compare(
        "1,000 comments, 1,000 posts, 2,000 users, Diesel on SQLite in memory",
        vec![
            measured("batches by hand", by_hand),
            measured("create_batch(1000)", ours),
            measured("row by row, one transaction", row_by_row),
        ],
    );
    let [floor, ours, by_row] = ratios[..] else { return };
    let work = "create_batch(1000), 4,000 rows, Diesel, SQLite in memory";
    row(work, "batches by hand", ours / floor, AtMost(1.25));
    row(work, "row by row", by_row / ours, AtLeast(3.0));
}
