//! What is served where.

mod comments;
mod posts;
mod users;

use crate::{Db, Error};
use axum::Router;
use axum::routing::{get, post};

/// The whole blog.
pub fn router(db: Db) -> Router {
    Router::new()
        .route("/users", post(users::sign_up))
        .route("/users/{username}", get(users::show))
        .route("/me", get(users::me))
        .route("/posts", get(posts::list).post(posts::create))
        .route("/posts/{id}", get(posts::show).patch(posts::edit).delete(posts::delete))
        .route("/posts/{id}/publish", post(posts::publish))
        .route("/posts/{id}/comments", get(comments::list).post(comments::create))
        .fallback(|| async { Error::NotFound })
        .with_state(db)
}
