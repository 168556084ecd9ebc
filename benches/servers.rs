//! The same as `create`, on real servers: `create_batch(1000)` of comments with nested parents (1,000 comments, 1,000 posts,
//! 2,000 users) against the same rows by hand in the same library; and a single row without parents.
//!
//! `tests/servers run cargo bench --bench servers`

#![allow(dead_code, reason = "models are made, not read")]
#![allow(clippy::cast_possible_wrap, reason = "numbers of rows")]

mod blog;
mod measure;

use blog::{Comment, ROWS, User};
use manufactory::{Factory, Session};
use measure::Goal::{AtLeast, AtMost};
use measure::{Measured, compare, row};
use sqlx::{AssertSqlSafe, Database, QueryBuilder, Row};
use std::env;
use std::time::Instant;
use tokio::runtime::{Builder, Runtime};

const POSTGRES: &str = "
    create table users (id bigserial primary key, username text not null unique, email text not null);
    create table posts (id bigserial primary key, author_id bigint not null references users, title text not null);
    create table comments (id bigserial primary key, post_id bigint not null references posts,
                           author_id bigint not null references users, body text not null);
";

const EMPTY_POSTGRES: &str = "truncate comments, posts, users";

const EMPTY_MYSQL: &str = "set foreign_key_checks = 0; truncate comments; truncate posts; truncate users;
                           set foreign_key_checks = 1";

const MYSQL: &str = "
    create table users (id bigint auto_increment primary key, username varchar(100) not null unique, email text not null);
    create table posts (id bigint auto_increment primary key, author_id bigint not null, title text not null,
                        foreign key (author_id) references users (id));
    create table comments (id bigint auto_increment primary key, post_id bigint not null, author_id bigint not null,
                           body text not null, foreign key (post_id) references posts (id),
                           foreign key (author_id) references users (id));
";

/// The ways of one database, which differ in nothing but types and what stands for a value.
macro_rules! by_hand {
    ($module:ident: $Database:ident, $Pool:ident, $PoolOptions:path, $user:literal, $post:literal, $comment:literal) => {
        mod $module {
            use super::*;
            use sqlx::{Transaction, $Database, $Pool};

            /// A pool of one connection to a database of the bench's own.
            pub(super) async fn pool(url: &str, socket: Option<&str>, schema: &str) -> $Pool {
                let admin = <$PoolOptions>::new().max_connections(1).connect(url).await.unwrap();
                for sql in ["drop database if exists manufactory_bench", "create database manufactory_bench"] {
                    sqlx::raw_sql(sql).execute(&admin).await.unwrap();
                }
                admin.close().await;
                let options: <<$Database as Database>::Connection as sqlx::Connection>::Options = url.parse().unwrap();
                let options = options.database("manufactory_bench");
                let options = match socket {
                    Some(socket) => options.socket(socket),
                    None => options,
                };
                let pool = <$PoolOptions>::new().max_connections(1).connect_with(options).await.unwrap();
                sqlx::raw_sql(AssertSqlSafe(schema.to_owned())).execute(&pool).await.unwrap();
                pool
            }

            /// Statements with many rows: every level inserted at once, keys by RETURNING.
            pub(super) async fn multi_row(pool: &$Pool) -> Vec<Comment> {
                let mut tx = pool.begin().await.unwrap();
                let authors = users(&mut tx, 0).await;
                let mut posts = QueryBuilder::new("insert into posts (author_id, title) ");
                posts.push_values(authors.iter().enumerate(), |mut row, (n, author)| {
                    row.push_bind(author).push_bind(format!("post {n}"));
                });
                let posts = keys(&mut tx, posts).await;
                let authors = users(&mut tx, ROWS).await;
                let mut comments = QueryBuilder::new("insert into comments (post_id, author_id, body) ");
                comments.push_values(posts.iter().zip(&authors).enumerate(), |mut row, (n, (post, author))| {
                    row.push_bind(post).push_bind(author).push_bind(format!("comment {n}"));
                });
                comments.push(" returning id, post_id, author_id, body");
                let comments = comments.build().persistent(false).fetch_all(&mut *tx).await.unwrap();
                tx.commit().await.unwrap();
                let comment = |row: &<$Database as Database>::Row| Comment {
                    id: row.get(0),
                    post_id: row.get(1),
                    author_id: row.get(2),
                    body: row.get(3),
                };
                comments.iter().map(comment).collect()
            }

            async fn users(tx: &mut Transaction<'_, $Database>, first: usize) -> Vec<i64> {
                let mut users = QueryBuilder::new("insert into users (username, email) ");
                users.push_values(first..first + ROWS, |mut row, n| {
                    row.push_bind(format!("user{n}")).push_bind(format!("user{n}@example.com"));
                });
                keys(tx, users).await
            }

            async fn keys(tx: &mut Transaction<'_, $Database>, mut insert: QueryBuilder<$Database>) -> Vec<i64> {
                insert.push(" returning id");
                let keys = insert.build_query_scalar().persistent(false);
                keys.fetch_all(&mut **tx).await.unwrap()
            }

            /// One statement per row, in one transaction.
            pub(super) async fn row_by_row(pool: &$Pool) -> Vec<Comment> {
                let mut tx = pool.begin().await.unwrap();
                let mut comments = Vec::with_capacity(ROWS);
                for n in 0..ROWS {
                    let author = user(&mut tx, n).await;
                    let insert = sqlx::query_scalar::<_, i64>($post).bind(author).bind(format!("post {n}"));
                    let post = insert.fetch_one(&mut *tx).await.unwrap();
                    let author = user(&mut tx, ROWS + n).await;
                    let insert = sqlx::query($comment).bind(post).bind(author).bind(format!("comment {n}"));
                    let row = insert.fetch_one(&mut *tx).await.unwrap();
                    comments.push(Comment { id: row.get(0), post_id: post, author_id: author, body: row.get(1) });
                }
                tx.commit().await.unwrap();
                comments
            }

            async fn user(tx: &mut Transaction<'_, $Database>, n: usize) -> i64 {
                let insert = sqlx::query_scalar($user).bind(format!("user{n}")).bind(format!("user{n}@example.com"));
                insert.fetch_one(&mut **tx).await.unwrap()
            }

            pub(super) async fn ours(pool: &$Pool) -> Vec<Comment> {
                let call = {
                    let _session = Session::seeded(1).enter();
                    Comment::factory().create_batch(pool, ROWS)
                };
                call.await.unwrap()
            }

            /// A single row, with nothing around it.
            pub(super) async fn plain_insert(pool: &$Pool) {
                let insert = sqlx::query_scalar::<_, i64>($user).bind("user0").bind("user0@example.com");
                insert.fetch_one(pool).await.unwrap();
            }

            pub(super) async fn one(pool: &$Pool) {
                User::factory().username("user0").create(pool).await.unwrap();
            }

            pub(super) fn bench(
                runtime: &Runtime,
                name: &str,
                (url, socket): (&str, Option<&str>),
                (schema, clean): (&str, &str),
                faster: f64,
            ) {
                let pool = runtime.block_on(pool(url, socket, schema));
                let clean = async || {
                    sqlx::raw_sql(AssertSqlSafe(clean.to_owned())).execute(&pool).await.unwrap();
                };
                let batch = |name, work: fn(&$Pool) -> Making<'_>| {
                    let pool = &pool;
                    Measured::timed(name, ROWS * 4, move || {
                        runtime.block_on(async {
                            clean().await;
                            let start = Instant::now();
                            let comments = work(pool).await;
                            let seconds = start.elapsed().as_secs_f64();
                            assert_eq!(comments.len(), ROWS);
                            seconds
                        })
                    })
                };
                let ratios = compare(
                    &format!("1,000 comments, 1,000 posts, 2,000 users, {name}"),
                    vec![
                        batch("multi-row SQL by hand", |pool| Box::pin(multi_row(pool))),
                        batch("create_batch(1000)", |pool| Box::pin(ours(pool))),
                        batch("row by row, one transaction", |pool| Box::pin(row_by_row(pool))),
                    ],
                );
                let [floor, ours, by_row] = ratios[..] else { return };
                let work = format!("create_batch(1000), 4,000 rows, sqlx, {name}");
                row(&work, "multi-row SQL by hand", ours / floor, AtMost(1.25));
                row(&work, "row by row", by_row / ours, AtLeast(faster));
                let single = |name, work: fn(&$Pool) -> Doing<'_>| {
                    let pool = &pool;
                    Measured::timed(name, 1, move || {
                        runtime.block_on(async {
                            clean().await;
                            let start = Instant::now();
                            work(pool).await;
                            start.elapsed().as_secs_f64()
                        })
                    })
                };
                let ratios = compare(
                    &format!("one user, {name}"),
                    vec![
                        single("a plain INSERT by hand", |pool| Box::pin(plain_insert(pool))),
                        single("create", |pool| Box::pin(one(pool))),
                    ],
                );
                row(&format!("create of one row, sqlx, {name}"), "a plain INSERT", ratios[1], AtMost(1.25));
            }
        }
    };
}

type Making<'p> = std::pin::Pin<Box<dyn Future<Output = Vec<Comment>> + 'p>>;
type Doing<'p> = std::pin::Pin<Box<dyn Future<Output = ()> + 'p>>;

by_hand!(
    postgres: Postgres, PgPool, sqlx::postgres::PgPoolOptions,
    "insert into users (username, email) values ($1, $2) returning id",
    "insert into posts (author_id, title) values ($1, $2) returning id",
    "insert into comments (post_id, author_id, body) values ($1, $2, $3) returning id, body"
);
by_hand!(
    mariadb: MySql, MySqlPool, sqlx::mysql::MySqlPoolOptions,
    "insert into users (username, email) values (?, ?) returning id",
    "insert into posts (author_id, title) values (?, ?) returning id",
    "insert into comments (post_id, author_id, body) values (?, ?, ?) returning id, body"
);

fn main() {
    let runtime = Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let set = |name: &str| {
        env::var(name)
            .unwrap_or_else(|_| panic!("{name} is not set; run `tests/servers run cargo bench --bench servers`"))
    };
    let at = |server: &str| (set(&format!("MANUFACTORY_{server}_URL")), set(&format!("MANUFACTORY_{server}_SOCKET")));
    // By TCP packets wait for more, and for what is on its way.
    let (url, socket) = at("POSTGRES");
    postgres::bench(&runtime, "Postgres over a socket", (&url, Some(&socket)), (POSTGRES, EMPTY_POSTGRES), 3.0);
    postgres::bench(&runtime, "Postgres over TCP", (&url, None), (POSTGRES, EMPTY_POSTGRES), 3.0);
    let (url, socket) = at("MYSQL");
    mariadb::bench(&runtime, "MariaDB over a socket", (&url, Some(&socket)), (MYSQL, EMPTY_MYSQL), 8.0);
    mariadb::bench(&runtime, "MariaDB over TCP", (&url, None), (MYSQL, EMPTY_MYSQL), 8.0);
}
