//! Who may do what.

use super::app::App;
use super::factories::{PostFactory, UserFactory};
use manufactory::{Factory, Result};
use serde_json::json;

#[tokio::test]
async fn nobody_writes_without_a_token() -> Result<()> {
    let app = App::new().await;
    let post = PostFactory::new().published().create(&app.pool).await?;
    let path = format!("/posts/{}", post.id);

    for client in [app.as_nobody(), app.with_token("made up")] {
        assert_eq!(client.post("/posts", PostFactory::new().attributes()?).await.status, 401);
        assert_eq!(client.patch(&path, json!({ "title": "Edited" })).await.status, 401);
        assert_eq!(client.post(&format!("{path}/publish"), ()).await.status, 401);
        assert_eq!(client.post(&format!("{path}/comments"), json!({ "body": "First!" })).await.status, 401);
        assert_eq!(client.delete(&path).await.status, 401);
        assert_eq!(client.get("/me").await.status, 401);
    }
    Ok(())
}

#[tokio::test]
async fn a_token_that_is_wrong_does_not_read_either() -> Result<()> {
    let app = App::new().await;
    PostFactory::new().published().create(&app.pool).await?;

    assert_eq!(app.as_nobody().get("/posts").await.status, 200);
    assert_eq!(app.with_token("made up").get("/posts").await.status, 401);
    Ok(())
}

#[tokio::test]
async fn a_post_of_somebody_else_is_not_touched() -> Result<()> {
    let app = App::new().await;
    let post = PostFactory::new().published().create(&app.pool).await?;
    let mallory = app.as_user(&UserFactory::new().username("mallory").create(&app.pool).await?);
    let path = format!("/posts/{}", post.id);

    assert_eq!(mallory.patch(&path, json!({ "title": "Edited" })).await.status, 403);
    assert_eq!(mallory.post(&format!("{path}/publish"), ()).await.status, 403);
    assert_eq!(mallory.delete(&path).await.status, 403);
    assert_eq!(mallory.get(&path).await.json["title"], *post.title);
    Ok(())
}

#[tokio::test]
async fn a_draft_of_somebody_else_is_not_there() -> Result<()> {
    let app = App::new().await;
    let alice = UserFactory::new().create(&app.pool).await?;
    let draft = PostFactory::new().author(&alice).create(&app.pool).await?;
    let mallory = app.as_user(&UserFactory::new().username("mallory").create(&app.pool).await?);
    let path = format!("/posts/{}", draft.id);

    assert_eq!(app.as_user(&alice).get(&path).await.status, 200);
    assert_eq!(app.as_nobody().get(&path).await.status, 404);
    assert_eq!(mallory.get(&path).await.status, 404);
    assert_eq!(mallory.delete(&path).await.status, 404);
    assert_eq!(mallory.post(&format!("{path}/comments"), json!({ "body": "First!" })).await.status, 404);
    Ok(())
}
