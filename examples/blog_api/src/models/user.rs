//! Whoever writes.

use crate::db::on;
use crate::errors::Problems;
use crate::{Db, Error, auth};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use sqlx::FromRow;

/// A row of `users`. It is not `Serialize`: answers are views.
#[derive(Debug, Clone, FromRow)]
pub struct User {
    /// Primary key.
    pub id: i64,
    /// Unique, and part of addresses.
    pub username: String,
    /// Shown to the user alone.
    pub email: String,
    /// Shown once, when the user signs up.
    pub token: String,
    /// When the user signed up.
    pub created_at: DateTime<Utc>,
}

/// What anybody sees of a user.
#[derive(Debug, FromRow, Serialize)]
pub struct UserView {
    /// See [`User`].
    pub username: String,
    /// See [`User`].
    pub created_at: DateTime<Utc>,
    /// How many are published.
    pub posts: i64,
}

/// A request to sign up.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewUser {
    /// See [`User`].
    pub username: String,
    /// See [`User`].
    pub email: String,
}

impl NewUser {
    /// Whether it can be stored.
    ///
    /// # Errors
    ///
    /// All that is wrong, by field.
    pub fn check(&self) -> Result<(), Error> {
        let mut problems = Problems::default();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let is_name = (1..=50).contains(&self.username.len()) && self.username.chars().all(plain);
        problems.unless(is_name, "username", "is made of 1 to 50 letters, digits, - and _");
        let is_address = self.email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
        problems.unless(is_address, "email", "is not an address");
        problems.into_result()
    }
}

impl User {
    /// Stores a new user, with a token.
    pub(crate) async fn insert(db: &Db, new: &NewUser) -> Result<Self, Error> {
        let sql = "insert into users (username, email, token) values ($1, $2, $3) returning *";
        let token = auth::new_token();
        let user: sqlx::Result<Self> = on!(db, pool => {
            sqlx::query_as(sql).bind(&new.username).bind(&new.email).bind(token).fetch_one(pool).await
        });
        user.map_err(|error| match error.as_database_error() {
            Some(why) if why.is_unique_violation() => {
                let mut problems = Problems::default();
                problems.unless(false, "username", "is taken");
                Error::Invalid(problems)
            }
            _ => error.into(),
        })
    }

    pub(crate) async fn by_token(db: &Db, token: &str) -> Result<Option<Self>, Error> {
        let sql = "select * from users where token = $1";
        Ok(on!(db, pool => sqlx::query_as(sql).bind(token).fetch_optional(pool).await?))
    }
}

impl UserView {
    pub(crate) async fn find(db: &Db, username: &str) -> Result<Self, Error> {
        let sql = "select username, created_at,
                (select count(*) from posts where author_id = users.id and status = 'published') as posts
            from users where username = $1";
        Ok(on!(db, pool => sqlx::query_as(sql).bind(username).fetch_one(pool).await?))
    }
}
