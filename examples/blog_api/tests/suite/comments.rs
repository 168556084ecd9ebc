//! What is said of a post.

use super::app::App;
use super::factories::{CommentFactory, PostFactory, UserFactory};
use manufactory::{Factory, Result};
use serde_json::json;

#[tokio::test]
async fn a_post_with_three_comments() -> Result<()> {
    let app = App::new().await;
    let post = PostFactory::new().published().create(&app.pool).await?;
    let comments = CommentFactory::new().post(&post).create_batch(&app.pool, 3).await?;
    CommentFactory::new().create(&app.pool).await?; // of another post

    let response = app.as_nobody().get(&format!("/posts/{}/comments", post.id)).await;

    assert_eq!(response.status, 200);
    assert_eq!(response.json["count"], 3);
    assert_eq!(response.each("body"), comments.iter().map(|comment| &*comment.body).collect::<Vec<_>>());
    Ok(())
}

#[tokio::test]
async fn anybody_with_a_name_comments() -> Result<()> {
    let app = App::new().await;
    let post = PostFactory::new().published().create(&app.pool).await?;
    let bob = UserFactory::new().username("bob").create(&app.pool).await?;
    let body = CommentFactory::new().body("Well said.").attributes()?;

    let response = app.as_user(&bob).post(&format!("/posts/{}/comments", post.id), body).await;

    assert_eq!(response.status, 201);
    assert_eq!((&response.json["author"], &response.json["body"]), (&json!("bob"), &json!("Well said.")));
    Ok(())
}

#[tokio::test]
async fn a_draft_takes_no_comments() -> Result<()> {
    let app = App::new().await;
    let alice = UserFactory::new().create(&app.pool).await?;
    let draft = PostFactory::new().author(&alice).create(&app.pool).await?;

    let response = app.as_user(&alice).post(&format!("/posts/{}/comments", draft.id), json!({ "body": "Me!" })).await;

    assert_eq!(response.status, 409);
    Ok(())
}
