//! Rows with a key for each kind of target, of which exactly one may be filled, and a kind that has to say which, checked
//! by the table: moderation logs and notifications, as in Lemmy.

use super::databases::{rows, sqlite};
use manufactory::Factory;

#[derive(Debug, Clone, Factory)]
#[factory(table = "posts", on(sqlx, sqlite))]
struct Post {
    #[factory(key)]
    id: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "comments", on(sqlx, sqlite))]
struct Comment {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
}

/// The kind follows from what is there.
#[derive(Debug, Factory)]
#[factory(table = "removals", on(sqlx, sqlite))]
#[factory(preset(of_post: post = sub_factory(PostFactory)), preset(of_comment: comment = sub_factory(CommentFactory)))]
struct Removal {
    #[factory(key)]
    id: i64,
    #[factory(lazy(|comment_id| if comment_id.is_some() { "comment" } else { "post" }.to_owned()))]
    kind: String,
    #[factory(sub_factory(PostFactory, optional))]
    post_id: Option<i64>,
    #[factory(sub_factory(CommentFactory, optional))]
    comment_id: Option<i64>,
}

#[tokio::test]
async fn a_preset_for_each_kind() {
    let db = sqlite(
        "create table posts (id integer primary key);
         create table comments (id integer primary key, post_id integer not null references posts);
         create table removals (id integer primary key, kind text not null, post_id integer references posts,
                                comment_id integer references comments,
                                check ((kind = 'post') = (post_id is not null)),
                                check ((kind = 'comment') = (comment_id is not null)))",
    )
    .await;
    let post = Removal::factory().of_post().create(&db).await.unwrap();
    let comments = Removal::factory().of_comment().create_batch(&db, 2).await.unwrap();
    assert_eq!((post.kind.as_str(), comments[1].kind.as_str()), ("post", "comment"));
    let comment = Comment::factory().create(&db).await.unwrap();
    Removal::factory().comment(&comment).create(&db).await.unwrap();
    let error = Removal::factory().create(&db).await.unwrap_err();
    assert!(format!("{error:?}").contains("CHECK constraint failed"), "{error:?}");
    assert_eq!(rows(&db, "select kind || count(*) from removals group by kind").await, ["comment3", "post1"]);
}
