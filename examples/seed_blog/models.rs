//! The blog's models, and its schema.

use chrono::{DateTime, Utc};
use fake::faker::internet::en::SafeEmail;
use fake::faker::lorem::en::{Paragraph, Sentence};
use fake::faker::name::en::Name;
use manufactory::{Auto, Factory};

#[derive(Debug, Clone, Copy, PartialEq, Auto)]
pub enum Role {
    Reader,
    Author,
    Admin,
}

impl From<Role> for String {
    fn from(role: Role) -> Self {
        format!("{role:?}").to_lowercase()
    }
}

impl TryFrom<String> for Role {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let roles = [Self::Reader, Self::Author, Self::Admin];
        roles.into_iter().find(|role| String::from(*role) == text).ok_or(format!("no role is called {text}"))
    }
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "users", on(sqlx))]
pub struct User {
    #[factory(key)]
    pub id: i64,
    #[factory(sequence(|n| format!("user{n}")))]
    pub username: String,
    #[factory(format("{username}@example.com"))]
    pub email: String,
    #[factory(fake(Name()))]
    pub name: String,
    #[factory(secret)]
    pub password: String,
    #[factory(as(String))]
    pub role: Role,
    pub created_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "tags", on(sqlx))]
pub struct Tag {
    #[factory(key)]
    pub id: i64,
    #[factory(sequence(|n| format!("tag{n}")))]
    pub name: String,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "posts", on(sqlx))]
pub struct Post {
    #[factory(key)]
    pub id: i64,
    #[factory(sub_factory(UserFactory))]
    pub author_id: i64,
    #[factory(fake(Sentence(3..6)))]
    pub title: String,
    #[factory(fake(Paragraph(2..4)))]
    pub body: String,
    pub created_at: DateTime<Utc>,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "post_tags", on(sqlx))]
pub struct PostTag {
    #[factory(key, sub_factory(PostFactory))]
    pub post_id: i64,
    #[factory(key, sub_factory(TagFactory))]
    pub tag_id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "comments", on(sqlx))]
pub struct Comment {
    #[factory(key)]
    pub id: i64,
    #[factory(sub_factory(PostFactory))]
    pub post_id: i64,
    #[factory(sub_factory(UserFactory))]
    pub author_id: i64,
    #[factory(fake(SafeEmail()))]
    pub reply_to: String,
    #[factory(fake(Sentence(5..15)))]
    pub body: String,
    pub created_at: DateTime<Utc>,
}

/// Stands for a function that is slow on purpose.
pub(crate) fn hash(password: &str) -> String {
    password.chars().rev().collect()
}

/// The tables, where they are missing.
pub(crate) fn schema(kind: &str) -> &'static str {
    match kind {
        "postgres" => include_str!("schema/postgres.sql"),
        "mysql" => include_str!("schema/mysql.sql"),
        _ => include_str!("schema/sqlite.sql"),
    }
}

/// What has the database count anew.
pub(crate) fn analyze(kind: &str) -> &'static str {
    if kind == "mysql" { "analyze table users, posts, comments" } else { "analyze" }
}
