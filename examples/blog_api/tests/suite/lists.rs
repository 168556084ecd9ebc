//! Pages of posts: the envelope, filters, order.

use super::app::App;
use super::factories::{PostFactory, UserFactory};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use manufactory::{Factory, Result};
use serde_json::{Value, json};

#[tokio::test]
async fn a_list_comes_in_pages() -> Result<()> {
    let app = App::new().await;
    PostFactory::new().published().share::<UserFactory>().create_batch(&app.pool, 25).await?;
    let nobody = app.as_nobody();

    let first = nobody.get("/posts?page_size=10").await;
    assert_eq!(first.status, 200);
    assert_eq!((&first.json["count"], &first.json["previous"]), (&json!(25), &Value::Null));
    assert_eq!(first.json["next"], "/posts?page_size=10&page=2");
    assert_eq!(first.each("id").len(), 10);

    let second = nobody.get(first.json["next"].as_str().unwrap()).await;
    assert_eq!(second.json["previous"], "/posts?page_size=10&page=1");
    assert!(second.each("id").iter().all(|id| !first.each("id").contains(id)));

    let third = nobody.get(second.json["next"].as_str().unwrap()).await;
    assert_eq!((third.each("id").len(), &third.json["next"]), (5, &Value::Null));

    assert_eq!(nobody.get("/posts?page_size=10&page=4").await.status, 404);
    Ok(())
}

#[tokio::test]
async fn an_empty_list_is_a_page() {
    let app = App::new().await;

    let response = app.as_nobody().get("/posts").await;

    assert_eq!(response.status, 200);
    assert_eq!(response.json, json!({ "count": 0, "next": null, "previous": null, "results": [] }));
}

#[tokio::test]
async fn a_list_is_filtered_by_author() -> Result<()> {
    let app = App::new().await;
    UserFactory::new().username("alice").posts(PostFactory::new().published().times(2)).create(&app.pool).await?;
    PostFactory::new().published().create_batch(&app.pool, 3).await?; // by others

    let response = app.as_nobody().get("/posts?author=alice").await;

    assert_eq!(response.json["count"], 2);
    assert_eq!(response.each("author"), ["alice", "alice"]);
    Ok(())
}

#[tokio::test]
async fn a_list_is_filtered_by_status() -> Result<()> {
    let app = App::new().await;
    let alice = UserFactory::new().create(&app.pool).await?;
    PostFactory::new().author(&alice).create_batch(&app.pool, 2).await?;
    PostFactory::new().author(&alice).published().create(&app.pool).await?;
    PostFactory::new().create(&app.pool).await?; // somebody else's draft
    let alice = app.as_user(&alice);

    assert_eq!(alice.get("/posts").await.json["count"], 3);
    assert_eq!(alice.get("/posts?status=draft").await.each("status"), ["draft", "draft"]);
    assert_eq!(alice.get("/posts?status=published").await.json["count"], 1);
    assert_eq!(app.as_nobody().get("/posts?status=draft").await.json["count"], 0);
    Ok(())
}

#[tokio::test]
async fn a_list_is_sorted() -> Result<()> {
    let app = App::new().await;
    let posts = [("b", march(3)), ("c", march(2)), ("a", march(1))];
    PostFactory::new()
        .published()
        .times(posts.len())
        .each(|i, post| post.title(posts[i].0).published_at(posts[i].1))
        .create(&app.pool)
        .await?;
    let nobody = app.as_nobody();

    assert_eq!(nobody.get("/posts?ordering=title").await.each("title"), ["a", "b", "c"]);
    assert_eq!(nobody.get("/posts?ordering=-title").await.each("title"), ["c", "b", "a"]);
    assert_eq!(nobody.get("/posts?ordering=published_at").await.each("title"), ["a", "c", "b"]);
    assert_eq!(nobody.get("/posts?ordering=-published_at").await.each("title"), ["b", "c", "a"]);
    Ok(())
}

fn march(day: u32) -> DateTime<Utc> {
    NaiveDate::from_ymd_opt(2026, 3, day).expect("a day").and_time(NaiveTime::MIN).and_utc()
}

#[tokio::test]
async fn a_query_that_makes_no_sense() {
    let app = App::new().await;

    for query in ["page=0", "page=two", "page_size=0", "page_size=1000", "status=lost", "ordering=token"] {
        let response = app.as_nobody().get(&format!("/posts?{query}")).await;
        assert_eq!(response.status, 400, "{query}");
        assert!(response.json["detail"].is_string(), "{query}");
    }
}
