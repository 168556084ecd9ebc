//! Users, and how they get a token.

use super::app::App;
use super::factories::{PostFactory, UserFactory};
use manufactory::{Factory, Result};
use serde_json::json;

#[tokio::test]
async fn a_user_signs_up_and_is_let_in() -> Result<()> {
    let app = App::new().await;
    let body = UserFactory::new().username("alice").attributes()?;

    let response = app.as_nobody().post("/users", body).await;

    assert_eq!((response.status.as_u16(), &response.json["username"]), (201, &json!("alice")));
    let token = response.json["token"].as_str().expect("a token");
    let me = app.with_token(token).get("/me").await;
    assert_eq!((me.status.as_u16(), &me.json["email"]), (200, &json!("alice@example.com")));
    Ok(())
}

#[tokio::test]
async fn a_name_is_taken_once() -> Result<()> {
    let app = App::new().await;
    UserFactory::new().username("alice").create(&app.pool).await?;
    let body = UserFactory::new().username("alice").attributes()?;

    let response = app.as_nobody().post("/users", body).await;

    assert_eq!(response.status, 422);
    assert_eq!(response.json["errors"], json!({ "username": ["is taken"] }));
    Ok(())
}

#[tokio::test]
async fn a_user_is_seen_with_what_is_published() -> Result<()> {
    let app = App::new().await;
    let alice = UserFactory::new().posts(2).create(&app.pool).await?;
    PostFactory::new().author(&alice).published().create(&app.pool).await?;

    let response = app.as_nobody().get(&format!("/users/{}", alice.username)).await;

    assert_eq!((response.status.as_u16(), &response.json["posts"]), (200, &json!(1)));
    assert_eq!(app.as_nobody().get("/users/nobody").await.status, 404);
    Ok(())
}
