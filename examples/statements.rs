//! How many statements rows take: in one batch, and one by one. What sqlx says that it has run is counted.
//!
//! `cargo run --example statements`

#![allow(dead_code, reason = "models are created, not read")]

use manufactory::Factory;
use sqlx::{Connection, SqliteConnection};
use std::error::Error;
use std::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[derive(Clone, Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
    name: String,
}

#[derive(Clone, Factory)]
#[factory(table = "posts")]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

#[derive(Clone, Factory)]
#[factory(table = "comments")]
struct Comment {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
}

const SCHEMA: &str = "
    create table users (id integer primary key, name text not null);
    create table posts (id integer primary key, author_id integer not null references users);
    create table comments (id integer primary key, post_id integer not null references posts,
                           author_id integer not null references users);
";

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing::subscriber::set_global_default(Heard)?;
    println!("{:>8}{:>8}{:>14}{:>12}{:>14}", "", "", "in one batch:", "of which", "one by one:");
    println!("{:>8}{:>8}{:>14}{:>12}{:>14}", "comments", "rows", "statements", "INSERT", "statements");
    for comments in [1, 10, 100, 1_000, 10_000] {
        let mut db = database().await?;
        let before = said(&mut db).await?;
        Comment::factory().create_batch(&mut db, comments).await?;
        let batch = said(&mut db).await?.since(before);
        let rows: i64 = sqlx::query_scalar(
            "select (select count(*) from users) + (select count(*) from posts) + (select count(*) from comments)",
        )
        .fetch_one(&mut db)
        .await?;

        let mut db = database().await?;
        let before = said(&mut db).await?;
        for _ in 0..comments {
            Comment::factory().create(&mut db).await?;
        }
        let single = said(&mut db).await?.since(before);
        println!("{comments:>8}{rows:>8}{:>14}{:>12}{:>14}", batch.statements, batch.inserts, single.statements);
    }
    Ok(())
}

async fn database() -> Result<SqliteConnection, sqlx::Error> {
    let mut db = SqliteConnection::connect("sqlite::memory:").await?;
    sqlx::raw_sql(SCHEMA).execute(&mut db).await?;
    Ok(db)
}

static STATEMENTS: AtomicUsize = AtomicUsize::new(0);
static INSERTS: AtomicUsize = AtomicUsize::new(0);

/// How many statements were run so far. BEGIN and COMMIT are no statements to sqlx.
#[derive(Clone, Copy)]
struct Said {
    statements: usize,
    inserts: usize,
}

impl Said {
    fn since(self, before: Self) -> Self {
        // The last one is the one that asks.
        Self { statements: self.statements - before.statements - 1, inserts: self.inserts - before.inserts }
    }
}

/// A statement is told of when it is done with, so one more is run after it.
async fn said(db: &mut SqliteConnection) -> Result<Said, sqlx::Error> {
    sqlx::query("values ('the end')").execute(db).await?;
    Ok(Said { statements: STATEMENTS.load(Relaxed), inserts: INSERTS.load(Relaxed) })
}

/// Hears of every statement.
struct Heard;

impl Subscriber for Heard {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn event(&self, event: &Event<'_>) {
        STATEMENTS.fetch_add(1, Relaxed);
        event.record(&mut Summary);
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// Looks how a statement begins.
struct Summary;

impl Visit for Summary {
    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "summary" && value.starts_with("insert ") {
            INSERTS.fetch_add(1, Relaxed);
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}
