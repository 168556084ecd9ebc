//! Comments of a post, which are seen where it is.

use super::posts::visible;
use crate::auth::SignedIn;
use crate::extract::{Json, Path, Query};
use crate::models::{Comment, CommentView, NewComment, Status};
use crate::page::{Page, Paging};
use crate::{Db, Error};
use axum::extract::State;
use axum::http::{StatusCode, Uri};

pub(crate) async fn list(
    State(db): State<Db>,
    viewer: Option<SignedIn>,
    uri: Uri,
    Path(post_id): Path<i64>,
    Query(paging): Query<Paging>,
) -> Result<Json<Page<CommentView>>, Error> {
    let paging = paging.checked()?;
    let post = visible(&db, post_id, viewer.as_ref()).await?;
    let (count, comments) = CommentView::list(&db, post.id, &paging).await?;
    Ok(Json(paging.of(&uri, count, comments)?))
}

pub(crate) async fn create(
    State(db): State<Db>,
    user: SignedIn,
    Path(post_id): Path<i64>,
    Json(new): Json<NewComment>,
) -> Result<(StatusCode, Json<CommentView>), Error> {
    let post = visible(&db, post_id, Some(&user)).await?;
    if post.status == Status::Draft {
        return Err(Error::Conflict("a draft takes no comments"));
    }
    new.check()?;
    let SignedIn(author) = user;
    let Comment { id, body, created_at, .. } = Comment::insert(&db, post.id, author.id, &new).await?;
    Ok((StatusCode::CREATED, Json(CommentView { id, author: author.username, body, created_at })))
}
