//! Signing up, and profiles.

use crate::auth::SignedIn;
use crate::extract::{Json, Path};
use crate::models::{NewUser, User, UserView};
use crate::{Db, Error};
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

/// The only answer with a token in it.
#[derive(Serialize)]
pub(crate) struct SignedUp {
    username: String,
    token: String,
}

/// What a user sees of themselves.
#[derive(Serialize)]
pub(crate) struct Me {
    username: String,
    email: String,
}

pub(crate) async fn sign_up(
    State(db): State<Db>,
    Json(new): Json<NewUser>,
) -> Result<(StatusCode, Json<SignedUp>), Error> {
    new.check()?;
    let User { username, token, .. } = User::insert(&db, &new).await?;
    Ok((StatusCode::CREATED, Json(SignedUp { username, token })))
}

pub(crate) async fn show(State(db): State<Db>, Path(username): Path<String>) -> Result<Json<UserView>, Error> {
    Ok(Json(UserView::find(&db, &username).await?))
}

pub(crate) async fn me(SignedIn(User { username, email, .. }): SignedIn) -> Json<Me> {
    Json(Me { username, email })
}
