//! A blog in an embedded database, made by factories that are derived from plain structs.
//!
//! `cargo run --example quickstart`

use fake::faker::name::en::Name;
use manufactory::{Factory, Session};
use sqlx::{SqlitePool, sqlite::SqlitePoolOptions};
use std::error::Error;

#[derive(Factory)]
#[factory(table = "users")]
#[factory(preset(admin: role = value("admin")))]
struct User {
    #[factory(key)] // assigned by the database
    id: i64,
    #[factory(sequence(|n| format!("user{n}")))]
    username: String,
    #[factory(lazy(|username| format!("{username}@example.com")))]
    email: String,
    #[factory(fake(Name()))]
    name: String,
    #[factory(value("member"))]
    role: String,
}

#[derive(Factory)]
#[factory(table = "posts")]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))] // every post has an author
    author_id: i64,
    #[factory(format("Post no. {n}"))]
    title: String,
    #[factory(database)] // a default of the table: left out of the insert, read back after it
    status: String,
}

#[derive(Factory)]
#[factory(table = "comments")]
struct Comment {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(cycle(["First!", "I disagree.", "Well said."]))]
    body: String,
}

const SCHEMA: &str = "
    create table users (
        id integer primary key, username text not null unique, email text not null, name text not null, role text not null
    );
    create table posts (
        id integer primary key, author_id integer not null references users, title text not null,
        status text not null default 'draft'
    );
    create table comments (
        id integer primary key, post_id integer not null references posts, author_id integer not null references users,
        body text not null
    );
";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let db = SqlitePoolOptions::new().max_connections(1).connect("sqlite::memory:").await?;
    sqlx::raw_sql(SCHEMA).execute(&db).await?;
    // The same data on every run. Tests need no such line: each has a session of its own.
    let _session = Session::seeded(42).enter();

    println!("One user, with what this test is about, and the rest from the factory:");
    let alice = User::factory().username("alice").admin().create(&db).await?;
    show_user(&alice);

    println!("\nA post by alice, and one whose author is made along with it:");
    let hers = Post::factory().author(&alice).title("Hello, world").create(&db).await?;
    let other = Post::factory().author_with(|author| author.username("bob")).create(&db).await?;
    show_post(&hers);
    show_post(&other);

    println!("\nThree comments on the post by alice, each with an author of its own:");
    for comment in Comment::factory().post(&hers).create_batch(&db, 3).await? {
        show_comment(&comment);
    }

    let before = rows(&db).await?;
    Comment::factory().create_batch(&db, 1_000).await?;
    let after = rows(&db).await?;
    println!("\n1,000 comments, with a post for each, and all their authors, in 4 INSERT statements:");
    for ((table, before), (_, after)) in before.iter().zip(&after) {
        println!("  {table:<8} {before:>5} rows before {after:>5} after");
    }
    Ok(())
}

fn show_user(User { id, username, email, name, role }: &User) {
    println!("  user {id}: {username}, {email}, {name}, {role}");
}

fn show_post(Post { id, author_id, title, status }: &Post) {
    println!("  post {id} by user {author_id}: {title:<12} ({status})");
}

fn show_comment(Comment { id, post_id, author_id, body }: &Comment) {
    println!("  comment {id} on post {post_id} by user {author_id}: {body}");
}

/// How many rows each table has.
async fn rows(db: &SqlitePool) -> Result<[(&'static str, i64); 3], sqlx::Error> {
    let sql = "select (select count(*) from users), (select count(*) from posts), (select count(*) from comments)";
    let (users, posts, comments) = sqlx::query_as(sql).fetch_one(db).await?;
    Ok([("users", users), ("posts", posts), ("comments", comments)])
}
