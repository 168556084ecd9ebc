//! Comments whose path through the tree, an `ltree`, is written by a trigger that looks at the parent; as in Lemmy.

use super::databases::{pg_rows, postgres};
use manufactory::Factory;
use sqlx::postgres::types::PgLTree;

#[derive(Debug, Clone, Factory)]
#[factory(table = "comments", on(sqlx, postgres), has_many(replies: CommentFactory, by = parent))]
struct Comment {
    #[factory(key)]
    id: i64,
    #[factory(sub_factory(CommentFactory, optional))]
    parent_id: Option<i64>,
    #[factory(value("I agree"))]
    content: String,
    #[factory(database, value("0".parse().unwrap()))]
    path: PgLTree,
}

#[tokio::test]
async fn the_path_is_the_triggers() {
    let (db, _database) = postgres(
        "create extension ltree;
         create table comments (id bigserial primary key, parent_id bigint references comments, content text not null,
                                path ltree not null);
         create function set_path() returns trigger language plpgsql as $$ begin
             new.path = coalesce((select path from comments where id = new.parent_id), '0') || new.id::text;
             return new;
         end $$;
         create trigger comment_path before insert on comments for each row execute function set_path()",
    )
    .await;
    let comment = Comment::factory().create(&db).await.unwrap();
    assert_eq!(comment.path.to_string(), "0.1");
    let replies = Comment::factory().parent(&comment).create_batch(&db, 2).await.unwrap();
    assert_eq!(replies[1].path.to_string(), "0.1.3");
    Comment::factory().parent(&replies[0]).replies(2).create(&db).await.unwrap();
    assert_eq!(Comment::factory().build().path.to_string(), "0");
    let below = pg_rows(&db, "select path::text from comments where path <@ '0.1.2' order by path").await;
    assert_eq!(below, ["0.1.2", "0.1.2.4", "0.1.2.4.5", "0.1.2.4.6"]);
}
