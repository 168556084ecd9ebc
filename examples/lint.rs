//! One test for all factories: what a change of the schema has broken, and which factories make more than they need.
//!
//! `cargo run --example lint`

#![allow(dead_code, reason = "models are created, not always read")]

use manufactory::{Factory, Session, lint};
use sqlx::{Connection, SqliteConnection};

const SCHEMA: &str = "
    create table users (id integer primary key, email text not null unique, role text not null);
    create table posts (id integer primary key, author_id integer not null references users,
                        reviewer_id integer references users, title text not null);
    create table comments (id integer primary key, post_id integer not null references posts, text text not null);
";

/// What somebody has changed since the factories were written.
const MIGRATION: &str = "
    create trigger roles before insert on users when new.role not in ('member', 'admin')
        begin select raise(abort, 'no such role'); end;
    create unique index titles on posts (title) where title <> '';
    insert into users values (1, 'root@example.com', 'admin');
    insert into posts values (1, 1, null, 'Welcome');
";

#[derive(Clone, Factory)]
#[factory(table = "users", preset(guest: role = value("guest")), preset(admin: role = value("admin")))]
struct User {
    #[factory(key)]
    id: i64,
    #[factory(format("user{n}@example.com"))]
    email: String,
    #[factory(value("member"))]
    role: String,
}

#[derive(Clone, Factory)]
#[factory(table = "posts", has_many(comments: CommentFactory = 3, by = post))]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(sub_factory(UserFactory))]
    reviewer_id: Option<i64>,
    #[factory(value("Welcome"))]
    title: String,
}

#[derive(Clone, Factory)]
#[factory(table = "comments")]
struct Comment {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(format("comment no. {n}"))]
    text: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let _session = Session::seeded(1).enter();
    let mut db = SqliteConnection::connect("sqlite::memory:").await?;
    sqlx::raw_sql(SCHEMA).execute(&mut db).await?;

    println!("Before the migration:\n");
    let report = lint(&mut db).factory::<UserFactory>().generous::<PostFactory>().factory::<CommentFactory>();
    println!("{}", report.run().await?);

    // In a test: `lint(&pool).factory::<UserFactory>().run().await.unwrap();`
    println!("\nAfter it, and with a closer look at what is made:\n");
    sqlx::raw_sql(MIGRATION).execute(&mut db).await?;
    let run = lint(&mut db).factory::<UserFactory>().factory::<PostFactory>().factory::<CommentFactory>();
    if let Err(error) = run.run().await {
        println!("{error}");
    }

    println!("\nWith the title changed to one that nobody has:\n");
    sqlx::raw_sql("update posts set title = 'Hello'").execute(&mut db).await?;
    let run = lint(&mut db).factory::<PostFactory>().factory::<CommentFactory>();
    if let Err(error) = run.run().await {
        println!("{error}");
    }

    let rows: i64 = sqlx::query_scalar("select count(*) from posts").fetch_one(&mut db).await?;
    println!("\nPosts that are there: {rows}");
    Ok(())
}
