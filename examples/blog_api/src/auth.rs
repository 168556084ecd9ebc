//! Who sends a request: the user whose token it bears.

use crate::models::User;
use crate::{Db, Error};
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use uuid::Uuid;

/// Whoever has signed in. As an `Option`, nobody will do, but a token that is wrong will not.
pub(crate) struct SignedIn(pub(crate) User);

impl FromRequestParts<Db> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, db: &Db) -> Result<Self, Error> {
        signed_in(&parts.headers, db).await?.ok_or(Error::Unauthorized)
    }
}

impl OptionalFromRequestParts<Db> for SignedIn {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, db: &Db) -> Result<Option<Self>, Error> {
        signed_in(&parts.headers, db).await
    }
}

async fn signed_in(headers: &HeaderMap, db: &Db) -> Result<Option<SignedIn>, Error> {
    let Some(header) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let token = header.to_str().ok().and_then(|header| header.strip_prefix("Bearer ")).ok_or(Error::Unauthorized)?;
    let user = User::by_token(db, token).await?.ok_or(Error::Unauthorized)?;
    Ok(Some(SignedIn(user)))
}

/// A token that nobody guesses: 122 bits of the system's randomness.
pub(crate) fn new_token() -> String {
    Uuid::new_v4().simple().to_string()
}
