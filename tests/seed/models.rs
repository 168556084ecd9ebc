//! A small blog, and databases for it.

use manufactory::Factory;
use manufactory::seed::{Database, Failure, Options, Plan, Summary};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Row};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "users", on(sqlx))]
pub(crate) struct User {
    #[factory(key)]
    pub id: i64,
    #[factory(sequence(|n| format!("user{n}")))]
    pub username: String,
    pub age: i32,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "posts", on(sqlx))]
pub(crate) struct Post {
    #[factory(key)]
    pub id: i64,
    #[factory(sub_factory(UserFactory))]
    pub author_id: i64,
    #[factory(sub_factory(UserFactory, optional))]
    pub reviewer_id: Option<i64>,
    #[factory(format("post {n} of {author.username}"))]
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "tags", on(sqlx))]
pub(crate) struct Tag {
    #[factory(key, sequence(|n| format!("tag{n}")))]
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "post_tags", on(sqlx))]
pub(crate) struct PostTag {
    #[factory(key, sub_factory(PostFactory))]
    pub post_id: i64,
    #[factory(key, sub_factory(TagFactory))]
    pub tag_id: String,
}

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "likes", on(sqlx))]
pub(crate) struct Like {
    #[factory(key)]
    pub id: i64,
    #[factory(sub_factory(UserFactory))]
    pub user_id: i64,
    #[factory(sub_factory(PostFactory))]
    pub post_id: i64,
}

pub(crate) const SCHEMA: &str = "
    create table if not exists users (id integer primary key, username text not null unique, age integer not null);
    create table if not exists posts (
        id integer primary key,
        author_id integer not null references users (id),
        reviewer_id integer references users (id),
        title text not null
    );
    create table if not exists tags (name text primary key);
    create table if not exists post_tags (
        post_id integer not null references posts (id),
        tag_id text not null references tags (name),
        primary key (post_id, tag_id)
    );
    create table if not exists likes (
        id integer primary key,
        user_id integer not null references users (id),
        post_id integer not null references posts (id)
    );
";

/// A file of SQLite that is gone with the test.
pub(crate) struct File(PathBuf);

impl File {
    pub(crate) fn new() -> Self {
        static FILES: AtomicUsize = AtomicUsize::new(0);
        let name = format!("manufactory-seed-{}-{}.db", std::process::id(), FILES.fetch_add(1, Relaxed));
        let path = std::env::temp_dir().join(name);
        let _ = std::fs::remove_file(&path);
        Self(path)
    }

    /// One with the schema.
    pub(crate) async fn with_schema() -> Self {
        let file = Self::new();
        file.say(SCHEMA).await;
        file
    }

    pub(crate) fn url(&self) -> String {
        format!("sqlite:{}", self.0.display())
    }

    pub(crate) async fn connect(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(&self.0).create_if_missing(true).foreign_keys(true);
        options.connect().await.unwrap()
    }

    pub(crate) async fn say(&self, sql: &'static str) {
        sqlx::raw_sql(sql).execute(&mut self.connect().await).await.unwrap();
    }

    /// All rows of a query, as texts.
    pub(crate) async fn rows(&self, sql: &'static str) -> Vec<Vec<String>> {
        let rows = sqlx::query(sql).fetch_all(&mut self.connect().await).await.unwrap();
        let text = |row: &sqlx::sqlite::SqliteRow, i: usize| {
            let text = row.try_get_unchecked::<Option<String>, _>(i).unwrap();
            text.unwrap_or_else(|| "-".to_owned())
        };
        rows.iter().map(|row| (0..row.len()).map(|i| text(row, i)).collect()).collect()
    }

    /// The one number that a query gives.
    pub(crate) async fn number(&self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut self.connect().await).await.unwrap()
    }

    pub(crate) async fn seed(&self, plan: &Plan, options: &Options) -> Result<Summary, Failure> {
        Database::open(&self.url()).await?.run(plan, options, &mut ()).await
    }
}

impl Drop for File {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm", "-journal"] {
            let _ = std::fs::remove_file(format!("{}{end}", self.0.display()));
        }
    }
}

/// Users, and posts of which a few have written most.
pub(crate) fn blog(users: u32, posts: u32) -> Plan {
    let mut plan = Plan::new();
    let authors = plan.step("users", users, |_| User::factory());
    plan.step("posts", posts, move |row| Post::factory().author(&row.model(authors.zipf(1.0))));
    plan
}
