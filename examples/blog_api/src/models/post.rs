//! What is written, first as a draft.

use crate::db::on;
use crate::errors::Problems;
use crate::page::Paging;
use crate::{Db, Error};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, FromRow};

/// A row of `posts`.
#[derive(Debug, Clone, FromRow)]
pub struct Post {
    /// Primary key.
    pub id: i64,
    /// Who may change it.
    pub author_id: i64,
    /// At most 200 characters.
    pub title: String,
    /// The text.
    pub body: String,
    /// Whether others see it.
    pub status: Status,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// When others first saw it.
    pub published_at: Option<DateTime<Utc>>,
}

/// How far a post is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, sqlx::Type)]
#[serde(rename_all = "lowercase")]
#[sqlx(type_name = "text", rename_all = "lowercase")]
pub enum Status {
    /// Seen by its author.
    Draft,
    /// Seen by everybody.
    Published,
}

/// What is seen of a post.
#[derive(Debug, FromRow, Serialize)]
pub struct PostView {
    /// See [`Post`].
    pub id: i64,
    /// Their username.
    pub author: String,
    /// See [`Post`].
    pub title: String,
    /// See [`Post`].
    pub body: String,
    /// See [`Post`].
    pub status: Status,
    /// See [`Post`].
    pub created_at: DateTime<Utc>,
    /// See [`Post`].
    pub published_at: Option<DateTime<Utc>>,
    /// How many there are.
    pub comments: i64,
}

/// A request for a post. What is missing is blank, so that all mistakes are told at once.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewPost {
    /// See [`Post`].
    pub title: String,
    /// See [`Post`].
    pub body: String,
}

/// A request to change a post; what is missing stays.
#[derive(Debug, Deserialize)]
pub struct PostEdit {
    /// See [`Post`].
    pub title: Option<String>,
    /// See [`Post`].
    pub body: Option<String>,
}

/// Which posts are listed, and in what order.
#[derive(Debug, Deserialize)]
pub struct PostFilter {
    /// By this user.
    pub author: Option<String>,
    /// In this state.
    pub status: Option<Status>,
    /// The latest first, where nothing is said.
    #[serde(default)]
    pub ordering: Ordering,
}

/// In what order posts are listed: by a field, or backwards by it.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[expect(missing_docs, reason = "they say it themselves")]
pub enum Ordering {
    #[serde(rename = "title")]
    Title,
    #[serde(rename = "-title")]
    TitleDown,
    #[serde(rename = "published_at")]
    PublishedAt,
    #[serde(rename = "-published_at")]
    PublishedAtDown,
    #[serde(rename = "created_at")]
    CreatedAt,
    #[default]
    #[serde(rename = "-created_at")]
    CreatedAtDown,
}

impl Ordering {
    /// Rows that are alike go by their age.
    fn sql(self) -> &'static str {
        match self {
            Self::Title => "title, posts.id",
            Self::TitleDown => "title desc, posts.id desc",
            Self::PublishedAt => "published_at, posts.id",
            Self::PublishedAtDown => "published_at desc, posts.id desc",
            Self::CreatedAt => "posts.created_at, posts.id",
            Self::CreatedAtDown => "posts.created_at desc, posts.id desc",
        }
    }
}

impl NewPost {
    /// Whether it can be stored.
    ///
    /// # Errors
    ///
    /// All that is wrong, by field.
    pub fn check(&self) -> Result<(), Error> {
        check(Some(&self.title), Some(&self.body))
    }
}

impl PostEdit {
    /// Whether it can be stored.
    ///
    /// # Errors
    ///
    /// All that is wrong, by field.
    pub fn check(&self) -> Result<(), Error> {
        check(self.title.as_deref(), self.body.as_deref())
    }
}

fn check(title: Option<&str>, body: Option<&str>) -> Result<(), Error> {
    let mut problems = Problems::default();
    problems.unless(title.is_none_or(|title| !title.trim().is_empty()), "title", "may not be blank");
    problems.unless(title.is_none_or(|title| title.chars().count() <= 200), "title", "has more than 200 characters");
    problems.unless(body.is_none_or(|body| !body.trim().is_empty()), "body", "may not be blank");
    problems.into_result()
}

impl Post {
    pub(crate) async fn find(db: &Db, id: i64) -> Result<Self, Error> {
        Ok(on!(db, pool => sqlx::query_as("select * from posts where id = $1").bind(id).fetch_one(pool).await?))
    }

    pub(crate) async fn insert(db: &Db, author_id: i64, new: &NewPost) -> Result<Self, Error> {
        let sql = "insert into posts (author_id, title, body) values ($1, $2, $3) returning *";
        Ok(on!(db, pool => {
            sqlx::query_as(sql).bind(author_id).bind(&new.title).bind(&new.body).fetch_one(pool).await?
        }))
    }

    pub(crate) async fn edit(&self, db: &Db, edit: &PostEdit) -> Result<(), Error> {
        let sql = "update posts set title = coalesce($2, title), body = coalesce($3, body) where id = $1";
        on!(db, pool => {
            sqlx::query(sql).bind(self.id).bind(&edit.title).bind(&edit.body).execute(pool).await?;
        });
        Ok(())
    }

    /// Of what is published already nothing changes.
    pub(crate) async fn publish(&self, db: &Db) -> Result<(), Error> {
        let sql = "update posts set status = 'published', published_at = $2 where id = $1 and status = 'draft'";
        on!(db, pool => {
            sqlx::query(sql).bind(self.id).bind(Utc::now()).execute(pool).await?;
        });
        Ok(())
    }

    /// With its comments.
    pub(crate) async fn delete(self, db: &Db) -> Result<(), Error> {
        on!(db, pool => {
            sqlx::query("delete from posts where id = $1").bind(self.id).execute(pool).await?;
        });
        Ok(())
    }
}

/// Posts as they are seen.
const VIEWS: &str = "select posts.id, username as author, title, body, status, posts.created_at, published_at,
        (select count(*) from comments where post_id = posts.id) as comments
    from posts join users on users.id = author_id";

/// How many there are.
const COUNT: &str = "select count(*) from posts join users on users.id = author_id";

/// Of which a list is made: what the viewer may see, and what the filter says.
const LISTED: &str = "where (status = 'published' or author_id = $1)
    and ($2 is null or username = $2) and ($3 is null or status = $3)";

impl PostView {
    pub(crate) async fn find(db: &Db, id: i64) -> Result<Self, Error> {
        let sql = ours(format!("{VIEWS} where posts.id = $1"));
        Ok(on!(db, pool => sqlx::query_as(sql).bind(id).fetch_one(pool).await?))
    }

    /// A page of those that `viewer` may see, and how many there are.
    pub(crate) async fn list(
        db: &Db,
        viewer: Option<i64>,
        filter: &PostFilter,
        paging: &Paging,
    ) -> Result<(i64, Vec<Self>), Error> {
        let PostFilter { author, status, ordering } = filter;
        let count = ours(format!("{COUNT} {LISTED}"));
        let rows = ours(format!("{VIEWS} {LISTED} order by {} limit $4 offset $5", ordering.sql()));
        on!(db, pool => {
            let count = sqlx::query_scalar(count).bind(viewer).bind(author).bind(status);
            let rows = sqlx::query_as(rows).bind(viewer).bind(author).bind(status);
            let rows = rows.bind(paging.limit()).bind(paging.offset());
            Ok((count.fetch_one(pool).await?, rows.fetch_all(pool).await?))
        })
    }
}

/// SQL put together of the words of this file: nothing of a request is in it.
fn ours(sql: String) -> AssertSqlSafe<String> {
    AssertSqlSafe(sql)
}
