//! What a request can fail with, and how that is said.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::collections::BTreeMap;

/// Why there is no answer of the kind that was asked for.
#[derive(Debug)]
pub enum Error {
    /// No row, no page, no path; or a draft of somebody else, which is not shown to be there.
    NotFound,
    /// No token, or one that nobody has.
    Unauthorized,
    /// Somebody else's.
    Forbidden,
    /// Not in this state of things.
    Conflict(&'static str),
    /// A query that cannot be read.
    Query(String),
    /// A body that cannot be read, and the status that says how far that went.
    Body(StatusCode, String),
    /// A body that is read, and wrong.
    Invalid(Problems),
    /// Not the client's fault.
    Database(sqlx::Error),
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, detail) = match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "not found".to_owned()),
            Self::Unauthorized => {
                let body = Json(Detail { detail: "a valid token is needed".into() });
                return (StatusCode::UNAUTHORIZED, [(header::WWW_AUTHENTICATE, "Bearer")], body).into_response();
            }
            Self::Forbidden => (StatusCode::FORBIDDEN, "this is not yours".into()),
            Self::Conflict(why) => (StatusCode::CONFLICT, why.into()),
            Self::Query(why) => (StatusCode::BAD_REQUEST, why),
            Self::Body(status, why) => (status, why),
            Self::Invalid(problems) => return (StatusCode::UNPROCESSABLE_ENTITY, Json(problems)).into_response(),
            Self::Database(why) => {
                eprintln!("{why}");
                (StatusCode::INTERNAL_SERVER_ERROR, "something went wrong".into())
            }
        };
        (status, Json(Detail { detail })).into_response()
    }
}

#[derive(Serialize)]
struct Detail {
    detail: String,
}

/// What is wrong with which field.
#[derive(Debug, Default, Serialize)]
pub struct Problems {
    errors: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Problems {
    /// Notes what is wrong with a field, unless it is right.
    pub fn unless(&mut self, right: bool, field: &'static str, wrong: &'static str) {
        if !right {
            self.errors.entry(field).or_default().push(wrong);
        }
    }

    /// Whether there was any.
    ///
    /// # Errors
    ///
    /// All that are noted.
    pub fn into_result(self) -> Result<(), Error> {
        if self.errors.is_empty() { Ok(()) } else { Err(Error::Invalid(self)) }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            error => Self::Database(error),
        }
    }
}

impl From<JsonRejection> for Error {
    fn from(rejection: JsonRejection) -> Self {
        Self::Body(rejection.status(), rejection.body_text())
    }
}

impl From<QueryRejection> for Error {
    fn from(rejection: QueryRejection) -> Self {
        Self::Query(rejection.body_text())
    }
}

/// An id that is no number is that of nothing.
impl From<PathRejection> for Error {
    fn from(_: PathRejection) -> Self {
        Self::NotFound
    }
}
