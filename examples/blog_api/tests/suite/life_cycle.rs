//! A post from its first word to its end, by requests alone.

use super::app::App;
use super::factories::{CommentFactory, PostFactory, UserFactory};
use manufactory::{Factory, Result};
use serde_json::json;

#[tokio::test]
async fn a_post_from_draft_to_deletion() -> Result<()> {
    let app = App::new().await;
    let alice = app.as_user(&UserFactory::new().username("alice").create(&app.pool).await?);
    let bob = app.as_user(&UserFactory::new().username("bob").create(&app.pool).await?);

    // Written, and seen by its author alone.
    let draft = alice.post("/posts", PostFactory::new().attributes()?).await;
    assert_eq!(draft.status, 201);
    let path = format!("/posts/{}", draft.json["id"]);
    assert_eq!(bob.get(&path).await.status, 404);

    let edited = alice.patch(&path, json!({ "title": "A better title" })).await;
    assert_eq!((edited.status.as_u16(), &edited.json["title"]), (200, &json!("A better title")));

    let published = alice.post(&format!("{path}/publish"), ()).await;
    assert_eq!((published.status.as_u16(), &published.json["status"]), (200, &json!("published")));
    assert_eq!(bob.get("/posts?author=alice").await.json["results"][0], published.json);

    let comment = bob.post(&format!("{path}/comments"), CommentFactory::new().attributes()?).await;
    assert_eq!(comment.status, 201);
    assert_eq!(alice.get(&path).await.json["comments"], 1);

    assert_eq!(bob.delete(&path).await.status, 403);
    assert_eq!(alice.delete(&path).await.status, 204);
    assert_eq!(alice.get(&path).await.status, 404);
    assert_eq!(alice.get(&format!("{path}/comments")).await.status, 404);
    Ok(())
}
