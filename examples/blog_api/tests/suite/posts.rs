//! Posts, one at a time.

use super::app::App;
use super::factories::{PostFactory, UserFactory};
use blog_api::models::Status;
use manufactory::{Factory, Result};
use serde_json::{Value, json};

#[tokio::test]
async fn a_post_is_created() -> Result<()> {
    let app = App::new().await;
    let alice = UserFactory::new().create(&app.pool).await?;
    let body = PostFactory::new().title("Hello").attributes()?;

    let response = app.as_user(&alice).post("/posts", &body).await;

    assert_eq!(response.status, 201);
    assert_eq!(response.json["title"], "Hello");
    assert_eq!(response.json["body"], body["body"]);
    assert_eq!(response.json["author"], *alice.username);
    assert_eq!((&response.json["status"], &response.json["published_at"]), (&json!("draft"), &Value::Null));
    Ok(())
}

#[tokio::test]
async fn a_post_is_read_by_anybody() -> Result<()> {
    let app = App::new().await;
    let post = PostFactory::new().published().author_with(|author| author.username("alice")).create(&app.pool).await?;

    let response = app.as_nobody().get(&format!("/posts/{}", post.id)).await;

    assert_eq!(response.status, 200);
    assert_eq!((&response.json["title"], &response.json["author"]), (&json!(post.title), &json!("alice")));
    Ok(())
}

#[tokio::test]
async fn a_post_says_how_many_comments_it_has() -> Result<()> {
    let app = App::new().await;
    let post = PostFactory::new().published().comments(3).create(&app.pool).await?;

    let response = app.as_nobody().get(&format!("/posts/{}", post.id)).await;

    assert_eq!(response.json["comments"], 3);
    Ok(())
}

#[tokio::test]
async fn a_post_is_edited_by_its_author() -> Result<()> {
    let app = App::new().await;
    let alice = UserFactory::new().create(&app.pool).await?;
    let post = PostFactory::new().author(&alice).create(&app.pool).await?;

    let response = app.as_user(&alice).patch(&format!("/posts/{}", post.id), json!({ "title": "Edited" })).await;

    assert_eq!(response.status, 200);
    assert_eq!((&response.json["title"], &response.json["body"]), (&json!("Edited"), &json!(post.body)));
    Ok(())
}

#[tokio::test]
async fn publishing_twice_changes_nothing() -> Result<()> {
    let app = App::new().await;
    let alice = UserFactory::new().create(&app.pool).await?;
    let post = PostFactory::new().author(&alice).create(&app.pool).await?;
    assert_eq!((post.status, post.published_at), (Status::Draft, None));
    let path = format!("/posts/{}/publish", post.id);

    let first = app.as_user(&alice).post(&path, ()).await;
    let second = app.as_user(&alice).post(&path, ()).await;

    assert_eq!((first.status.as_u16(), second.status.as_u16()), (200, 200));
    assert_eq!(first.json["status"], "published");
    assert!(first.json["published_at"].is_string());
    assert_eq!(first.json, second.json);
    Ok(())
}

#[tokio::test]
async fn a_post_that_is_not_there() -> Result<()> {
    let app = App::new().await;
    let alice = app.as_user(&UserFactory::new().create(&app.pool).await?);

    for path in ["/posts/7", "/posts/seven", "/posts/7/comments", "/nowhere"] {
        assert_eq!(alice.get(path).await.status, 404, "{path}");
    }
    assert_eq!(alice.patch("/posts/7", json!({ "title": "Edited" })).await.status, 404);
    assert_eq!(alice.post("/posts/7/publish", ()).await.status, 404);
    assert_eq!(alice.delete("/posts/7").await.status, 404);
    Ok(())
}
