//! Numbers that triggers keep in the parent's row, and rows that triggers make beside it: counts of comments and
//! downloads, as in Lemmy and cargo's registry.

use super::databases::{rows, sqlite};
use manufactory::Factory;

#[derive(Debug, Clone, PartialEq, Factory)]
#[factory(table = "posts", on(sqlx, sqlite), has_many(comments: CommentFactory, by = post))]
struct Post {
    #[factory(key)]
    id: i64,
    #[factory(database)]
    comments_count: i64,
    #[factory(database)]
    score: i64,
}

#[derive(Debug, Clone, Factory)]
#[factory(table = "comments", on(sqlx, sqlite))]
struct Comment {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(PostFactory))]
    post_id: i64,
}

#[tokio::test]
async fn triggers_count_what_is_made() {
    let db = sqlite(
        "create table posts (id integer primary key, comments_count integer not null default 0, score integer not null default 0);
         create table post_views (post_id integer primary key references posts, views integer not null default 0);
         create table comments (id integer primary key, post_id integer not null references posts);
         create trigger made after insert on posts begin
             insert into post_views (post_id) values (new.id);
             update posts set score = 10 where id = new.id;
         end;
         create trigger counted after insert on comments begin
             update posts set comments_count = comments_count + 1 where id = new.post_id;
         end",
    )
    .await;
    let post = Post::factory().comments(3).create(&db).await.unwrap();
    // The post as it was inserted: its children come afterwards.
    assert_eq!(post, Post { id: 1, comments_count: 0, score: 10 });
    let comments = Comment::factory().post(&post).create_batch(&db, 2).await.unwrap();
    Comment::factory().share::<PostFactory>().create_batch(&db, 4).await.unwrap();
    assert_eq!(comments[1].post_id, 1);
    assert_eq!(rows(&db, "select id || ':' || comments_count from posts").await, ["1:5", "2:4"]);
    assert_eq!(rows(&db, "select post_id || '' from post_views").await, ["1", "2"]);
}
