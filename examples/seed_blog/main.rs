//! Seeds a blog: `cargo run --example seed_blog -- --help`. Into `seed_blog.db`, or any database by its URL.

mod models;

use chrono::{DateTime, Utc};
use manufactory::seed::{self, Plan, per};
use models::{Comment, Post, PostTag, Role, Tag, User};
use std::process::ExitCode;
use std::sync::LazyLock;

/// Hashing a password is slow on purpose, so all users have the same one.
static PASSWORD: LazyLock<String> = LazyLock::new(|| models::hash("correct horse"));

fn main() -> ExitCode {
    seed::main(plan)
}

fn plan(plan: &mut Plan) {
    let (from, to) = (day("2025-01-01T00:00:00Z"), day("2026-01-01T00:00:00Z"));
    plan.about("Seeds a blog").database("sqlite:seed_blog.db").at(to);
    plan.before(|mut db| Box::pin(async move { db.execute(models::schema(db.kind())).await }));

    plan.record("admin", &["username"], |_| {
        User::factory()
            .username("admin")
            .password(&**PASSWORD)
            .role(Role::Admin)
            .created_at(day("2025-01-01T00:00:00Z"))
    });
    let users = plan.step("users", 1_000, move |row| {
        let role = row.share([(85.0, Role::Reader), (15.0, Role::Author)]);
        User::factory().password(&**PASSWORD).role(role).created_at(row.time(from, to))
    });
    let tags = plan.step("tags", 50, |_| Tag::factory());
    let posts = plan.step("posts", 10_000, move |row| {
        Post::factory().author_id(row.key(users.zipf(1.1))).created_at(row.time(from, to))
    });
    plan.step("post_tags", per(posts, 1..=3), move |row| {
        PostTag::factory().post_id(row.parent(posts)).tag_id(row.key(tags.distinct()))
    });
    plan.step("comments", 50_000, move |row| {
        Comment::factory().post_id(row.key(posts.zipf(0.8))).created_at(row.time(from, to))
    });
    plan.task("statistics", |mut db| Box::pin(async move { db.execute(models::analyze(db.kind())).await }));
}

fn day(instant: &str) -> DateTime<Utc> {
    instant.parse().unwrap_or_default()
}
