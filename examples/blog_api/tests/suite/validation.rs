//! What is refused, and what is said of it.

use super::app::App;
use super::factories::{CommentFactory, PostFactory, UserFactory};
use axum::body::Body;
use axum::http::Method;
use blog_api::models::{NewPost, NewUser};
use manufactory::{Factory, Result};
use serde_json::json;

#[tokio::test]
async fn a_post_has_a_title_and_a_body() -> Result<()> {
    let app = App::new().await;
    let alice = app.as_user(&UserFactory::new().create(&app.pool).await?);

    let blank = alice.post("/posts", PostFactory::new().title(" ").body("").attributes()?).await;
    let missing = alice.post("/posts", json!({})).await;
    let long = alice.post("/posts", PostFactory::new().title("x".repeat(201)).attributes()?).await;

    let both = json!({ "title": ["may not be blank"], "body": ["may not be blank"] });
    assert_eq!((blank.status.as_u16(), &blank.json["errors"]), (422, &both));
    assert_eq!((missing.status.as_u16(), &missing.json["errors"]), (422, &both));
    assert_eq!(long.json["errors"], json!({ "title": ["has more than 200 characters"] }));
    assert_eq!(alice.get("/posts").await.json["count"], 0);
    Ok(())
}

#[tokio::test]
async fn an_edit_and_a_comment_are_not_blank() -> Result<()> {
    let app = App::new().await;
    let alice = UserFactory::new().create(&app.pool).await?;
    let post = PostFactory::new().author(&alice).published().create(&app.pool).await?;
    let alice = app.as_user(&alice);

    let edit = alice.patch(&format!("/posts/{}", post.id), json!({ "title": "" })).await;
    let comment =
        alice.post(&format!("/posts/{}/comments", post.id), CommentFactory::new().body("").attributes()?).await;

    assert_eq!((edit.status.as_u16(), &edit.json["errors"]), (422, &json!({ "title": ["may not be blank"] })));
    assert_eq!((comment.status.as_u16(), &comment.json["errors"]), (422, &json!({ "body": ["may not be blank"] })));
    Ok(())
}

#[tokio::test]
async fn a_body_that_is_not_read() -> Result<()> {
    let app = App::new().await;
    let alice = app.as_user(&UserFactory::new().create(&app.pool).await?);

    assert_eq!(alice.send(Method::POST, "/posts", Body::from("{")).await.status, 400);
    let response = alice.post("/posts", json!({ "title": 7 })).await;
    assert_eq!(response.status, 422);
    assert!(response.json["detail"].as_str().is_some_and(|why| why.contains("title")), "{response:?}");
    Ok(())
}

/// Without the application: the request's own type, from the same factory.
#[test]
fn requests_check_themselves() -> Result<()> {
    let post: NewPost = PostFactory::new().attributes_as()?;
    assert!(post.check().is_ok());
    let post: NewPost = PostFactory::new().title("").attributes_as()?;
    assert!(post.check().is_err());

    for (username, email) in [("", "a@example.com"), ("two words", "a@example.com"), ("alice", "nowhere")] {
        let user: NewUser = UserFactory::new().username(username).email(email).attributes_as()?;
        assert!(user.check().is_err(), "{username}, {email}");
    }
    Ok(())
}
