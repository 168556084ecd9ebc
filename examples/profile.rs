//! Which factories cost most in a whole test run: folds the lines that its processes have written.
//!
//! `cargo run --example profile`: runs three tests in processes of their own, and folds what they have written.
//! `cargo run --example profile -- target/factories.jsonl`: folds what your tests have written, after
//! `FACTORY_PROFILE=$PWD/target/factories.jsonl cargo test`.

#![allow(dead_code, reason = "models are created, not always read")]

use manufactory::Factory;
use serde_json::Value;
use sqlx::{Connection, SqliteConnection};
use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;

const SCHEMA: &str = "
    create table users (id integer primary key, name text not null);
    create table posts (id integer primary key, author_id integer not null references users);
    create table comments (id integer primary key, post_id integer not null references posts,
                           author_id integer not null references users);
";

#[derive(Clone, Factory)]
#[factory(table = "users")]
struct User {
    #[factory(key)]
    id: i64,
    name: String,
}

#[derive(Clone, Factory)]
#[factory(table = "posts", has_many(comments: CommentFactory, by = post))]
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

/// What a factory has cost in all tests.
#[derive(Default)]
struct Cost {
    statements: u64,
    asked: u64,
    made: u64,
    calls: u64,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["test", name] => test(name).await?,
        [file] => print!("{}", fold(Path::new(file))?),
        _ => {
            let file = std::env::temp_dir().join(format!("factories-{}.jsonl", std::process::id()));
            for name in ["sign_up", "discuss", "search"] {
                let process = std::env::current_exe()?;
                Command::new(process).args(["test", name]).env("FACTORY_PROFILE", &file).status()?;
            }
            let folded = fold(&file);
            std::fs::remove_file(&file)?;
            print!("{}", folded?);
        }
    }
    Ok(())
}

/// Stands for a test in a process of its own.
async fn test(name: &str) -> Result<(), Box<dyn Error>> {
    let mut db = SqliteConnection::connect("sqlite::memory:").await?;
    sqlx::raw_sql(SCHEMA).execute(&mut db).await?;
    match name {
        "sign_up" => {
            User::factory().name("alice").create(&mut db).await?;
        }
        "discuss" => {
            Post::factory().comments(10).create(&mut db).await?;
        }
        _ => {
            // One call for each comment: what a batch is for.
            for _ in 0..20 {
                Comment::factory().create(&mut db).await?;
            }
        }
    }
    Ok(())
}

/// The factories, the one with the most statements first: times (`micros`) differ from run to run.
fn fold(file: &Path) -> Result<String, Box<dyn Error>> {
    let mut costs: BTreeMap<String, Cost> = BTreeMap::new();
    for line in std::fs::read_to_string(file)?.lines() {
        let line: Value = serde_json::from_str(line)?;
        let number = |field: &str| line[field].as_u64().unwrap_or_default();
        let cost = costs.entry(line["factory"].as_str().unwrap_or_default().to_owned()).or_default();
        cost.statements += number("statements");
        cost.calls += 1;
        let rows = if line["asked"] == true { &mut cost.asked } else { &mut cost.made };
        *rows += number("rows");
    }
    let mut costs: Vec<_> = costs.into_iter().collect();
    costs.sort_by_key(|(_, cost)| std::cmp::Reverse(cost.statements));
    let mut text =
        format!("{:16}{:>11}{:>7}{:>12}{:>13}\n", "factory", "statements", "calls", "asked for", "on the way");
    for (factory, Cost { statements, asked, made, calls }) in costs {
        writeln!(text, "{factory:16}{statements:>11}{calls:>7}{asked:>12}{made:>13}")?;
    }
    Ok(text)
}
