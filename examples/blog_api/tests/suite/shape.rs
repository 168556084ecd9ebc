//! What answers and tables look like, compared with files: `snapshots/`. After a change: `cargo insta review`, or
//! `INSTA_UPDATE=always cargo test -p blog_api`, and read the difference.

use super::app::{App, Response};
use super::factories::{CommentFactory, PostFactory, UserFactory};
use blog_api::models::User;
use chrono::{DateTime, Utc};
use manufactory::{Factory, Result, Session};
use serde_json::json;

#[tokio::test]
async fn answers() -> Result<()> {
    let noon: DateTime<Utc> = "2026-03-01T12:00:00Z".parse().unwrap();
    let _session = Session::seeded(1).at(noon).enter(); // the clock stands still
    let app = App::new().await;
    let alice = UserFactory::new().username("alice").created_at(noon).create(&app.pool).await?;
    let post = PostFactory::new().author(&alice).published().created_at(noon).title("Hello").body("Hello, world.");
    let post = post.create(&app.pool).await?;
    let comment = CommentFactory::new().post(&post).author_with(|author| author.username("bob"));
    comment.created_at(noon).body("First!").create(&app.pool).await?;
    let client = app.as_user(&alice);

    assert_shape("me", &client.get("/me").await);
    assert_shape("user", &client.get("/users/alice").await);
    assert_shape("posts", &client.get("/posts").await);
    assert_shape("comments", &client.get(&format!("/posts/{}/comments", post.id)).await);
    assert_shape("invalid", &client.post("/posts", json!({})).await);
    assert_shape("unauthorized", &app.as_nobody().get("/me").await);
    Ok(())
}

/// The same on every database, so in one file.
fn assert_shape(name: &str, response: &Response) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_json_snapshot!(name, response.json);
    });
}

#[tokio::test]
async fn nothing_leaks() -> Result<()> {
    let app = App::new().await;
    let author = UserFactory::new().create(&app.pool).await?;
    let post = PostFactory::new().author(&author).published().create(&app.pool).await?;
    let comment = CommentFactory::new().post(&post).author(&author).create(&app.pool).await?;
    assert_eq!(comment.author_id, author.id);
    let reader = app.as_user(&UserFactory::new().create(&app.pool).await?);

    let paths = ["/posts".into(), format!("/posts/{}", post.id), format!("/posts/{}/comments", post.id)];
    for path in paths.into_iter().chain([format!("/users/{}", author.username)]) {
        let text = reader.get(&path).await.json.to_string();
        assert!(text.contains(&author.username), "{path}");
        let User { email, token, .. } = &author;
        assert!(!text.contains(email) && !text.contains(token), "{path} leaks: {text}");
    }
    let me = app.as_user(&author).get("/me").await.json.to_string();
    assert!(me.contains(&author.email) && !me.contains(&author.token));
    Ok(())
}

/// The migrations of both databases, by what they make: a file for each of them.
#[tokio::test]
async fn tables() {
    let app = App::new().await;
    insta::assert_snapshot!(crate::columns(&app.pool).await);
}
