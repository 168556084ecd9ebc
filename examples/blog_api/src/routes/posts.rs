//! Posts: read by everybody once they are published, changed by their authors.

use crate::auth::SignedIn;
use crate::extract::{Json, Path, Query};
use crate::models::{NewPost, Post, PostEdit, PostFilter, PostView, Status, User};
use crate::page::{Page, Paging};
use crate::{Db, Error};
use axum::extract::State;
use axum::http::{StatusCode, Uri};

pub(crate) async fn list(
    State(db): State<Db>,
    viewer: Option<SignedIn>,
    uri: Uri,
    Query(filter): Query<PostFilter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<PostView>>, Error> {
    let paging = paging.checked()?;
    let viewer = viewer.map(|SignedIn(user)| user.id);
    let (count, posts) = PostView::list(&db, viewer, &filter, &paging).await?;
    Ok(Json(paging.of(&uri, count, posts)?))
}

pub(crate) async fn create(
    State(db): State<Db>,
    SignedIn(author): SignedIn,
    Json(new): Json<NewPost>,
) -> Result<(StatusCode, Json<PostView>), Error> {
    new.check()?;
    let post = Post::insert(&db, author.id, &new).await?;
    Ok((StatusCode::CREATED, Json(PostView::find(&db, post.id).await?)))
}

pub(crate) async fn show(
    State(db): State<Db>,
    viewer: Option<SignedIn>,
    Path(id): Path<i64>,
) -> Result<Json<PostView>, Error> {
    let post = visible(&db, id, viewer.as_ref()).await?;
    Ok(Json(PostView::find(&db, post.id).await?))
}

pub(crate) async fn edit(
    State(db): State<Db>,
    user: SignedIn,
    Path(id): Path<i64>,
    Json(edit): Json<PostEdit>,
) -> Result<Json<PostView>, Error> {
    let post = own(&db, id, &user).await?;
    edit.check()?;
    post.edit(&db, &edit).await?;
    Ok(Json(PostView::find(&db, id).await?))
}

pub(crate) async fn publish(
    State(db): State<Db>,
    user: SignedIn,
    Path(id): Path<i64>,
) -> Result<Json<PostView>, Error> {
    own(&db, id, &user).await?.publish(&db).await?;
    Ok(Json(PostView::find(&db, id).await?))
}

pub(crate) async fn delete(State(db): State<Db>, user: SignedIn, Path(id): Path<i64>) -> Result<StatusCode, Error> {
    own(&db, id, &user).await?.delete(&db).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A post that this viewer may see.
pub(crate) async fn visible(db: &Db, id: i64, viewer: Option<&SignedIn>) -> Result<Post, Error> {
    let post = Post::find(db, id).await?;
    let is_own = viewer.is_some_and(|SignedIn(user)| user.id == post.author_id);
    if post.status == Status::Published || is_own { Ok(post) } else { Err(Error::NotFound) }
}

/// A post that this user may change.
async fn own(db: &Db, id: i64, user: &SignedIn) -> Result<Post, Error> {
    let post = visible(db, id, Some(user)).await?;
    let SignedIn(User { id, .. }) = user;
    if post.author_id == *id { Ok(post) } else { Err(Error::Forbidden) }
}
