//! What is said of a post.

use crate::db::on;
use crate::errors::Problems;
use crate::page::Paging;
use crate::{Db, Error};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

/// A row of `comments`.
#[derive(Debug, Clone, FromRow)]
pub struct Comment {
    /// Primary key.
    pub id: i64,
    /// Of which it is said.
    pub post_id: i64,
    /// Who said it.
    pub author_id: i64,
    /// The text.
    pub body: String,
    /// When it was said.
    pub created_at: DateTime<Utc>,
}

/// What is seen of a comment.
#[derive(Debug, FromRow, Serialize)]
pub struct CommentView {
    /// See [`Comment`].
    pub id: i64,
    /// Their username.
    pub author: String,
    /// See [`Comment`].
    pub body: String,
    /// See [`Comment`].
    pub created_at: DateTime<Utc>,
}

/// A request for a comment.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewComment {
    /// See [`Comment`].
    pub body: String,
}

impl NewComment {
    /// Whether it can be stored.
    ///
    /// # Errors
    ///
    /// All that is wrong, by field.
    pub fn check(&self) -> Result<(), Error> {
        let mut problems = Problems::default();
        problems.unless(!self.body.trim().is_empty(), "body", "may not be blank");
        problems.into_result()
    }
}

impl Comment {
    pub(crate) async fn insert(db: &Db, post_id: i64, author_id: i64, new: &NewComment) -> Result<Self, Error> {
        let sql = "insert into comments (post_id, author_id, body) values ($1, $2, $3) returning *";
        Ok(on!(db, pool => sqlx::query_as(sql).bind(post_id).bind(author_id).bind(&new.body).fetch_one(pool).await?))
    }
}

impl CommentView {
    /// A page of those of a post, in the order in which they were said, and how many there are.
    pub(crate) async fn list(db: &Db, post_id: i64, paging: &Paging) -> Result<(i64, Vec<Self>), Error> {
        let sql = "select comments.id, username as author, body, comments.created_at
            from comments join users on users.id = author_id
            where post_id = $1 order by comments.id limit $2 offset $3";
        on!(db, pool => {
            let count = sqlx::query_scalar("select count(*) from comments where post_id = $1");
            let count = count.bind(post_id).fetch_one(pool).await?;
            let rows = sqlx::query_as(sql).bind(post_id).bind(paging.limit()).bind(paging.offset()).fetch_all(pool).await?;
            Ok((count, rows))
        })
    }
}
