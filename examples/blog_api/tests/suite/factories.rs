//! How rows are made: a struct for each model, with the model's fields. The application knows nothing of it.

use blog_api::models::{Comment, Post, Status, User};
use chrono::{DateTime, Utc};
use fake::faker::lorem::en::{Paragraph, Sentence};
use manufactory::Factory;

#[derive(Factory)]
#[factory(model = User, table = "users", on(sqlx))]
#[factory(has_many(posts: PostFactory, by = author))]
pub(crate) struct UserDefinition {
    #[factory(key)] // assigned by the database
    id: i64,
    #[factory(format("user{n}"))]
    username: String,
    #[factory(format("{username}@example.com"))]
    email: String,
    #[factory(secret, format("token of {username}"))] // shown in no error
    token: String,
    #[factory(database)] // a default of the table
    created_at: DateTime<Utc>,
}

#[derive(Factory)]
#[factory(model = Post, table = "posts", on(sqlx))]
#[factory(has_many(comments: CommentFactory, by = post))]
#[factory(preset(published: status = value(Status::Published), published_at = lazy(|now| Some(now.into()))))]
pub(crate) struct PostDefinition {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(UserFactory))] // every post has an author
    author_id: i64,
    #[factory(fake(Sentence(3..6)))]
    title: String,
    #[factory(fake(Paragraph(2..4)))]
    body: String,
    #[factory(database, value(Status::Draft))] // so is this; and in memory, where there is none, it is a draft
    status: Status,
    #[factory(database)]
    created_at: DateTime<Utc>,
    published_at: Option<DateTime<Utc>>,
}

#[derive(Factory)]
#[factory(model = Comment, table = "comments", on(sqlx))]
pub(crate) struct CommentDefinition {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory, with = |post| post.published()))] // others see no drafts
    post_id: i64,
    #[factory(sub_factory(UserFactory))]
    author_id: i64,
    #[factory(fake(Sentence(4..9)))]
    body: String,
    #[factory(database)]
    created_at: DateTime<Utc>,
}
